import { describe, expect, test } from 'vitest'
import { settles } from '../../claims/calculations/hysteresis.ts'
import type { SelectionSettings } from '../../spec/mip-sip/network-selection.ts'
import { ask } from './ask.ts'

const LARGE = { name: 'UMTS', coverage: 'large' } as const
const SMALL = { name: 'WLAN', coverage: 'small' } as const
const ALSO_SMALL = { name: 'WLAN 2', coverage: 'small' } as const

const holds = (networks: SelectionSettings['networks'], hysteresis: number, feedback: number): boolean =>
  settles({ networks, feedback, hysteresis }).kind === 'holds'

const depths = [0, 0.5, 1, 1.5, 2, 2.5, 3]
const feedbacks = [0, 0.5, 1, 1.5, 2]

describe('hysteresis against load feedback, the whole table', () => {
  test.each(depths)(
    'out of a large network with a hysteresis of %d: it settles if that is twice the feedback',
    (depth) => {
      expect(feedbacks.map((feedback) => holds([LARGE, SMALL], depth, feedback))).toEqual(
        feedbacks.map((feedback) => depth >= 2 * feedback),
      )
    },
  )

  test('between networks of one size there is none, whatever the hysteresis', () => {
    for (const depth of [0, 3])
      expect(feedbacks.map((feedback) => holds([SMALL, ALSO_SMALL], depth, feedback))).toEqual(
        feedbacks.map((feedback) => feedback === 0),
      )
  })
})

test('a superseded REGISTER that was lost comes again, and wins where no number tells that it is older', () => {
  const stale = (variant: string) => ask(`mip-sip/${variant}`, 'one-moves-twice-one-loss')['no-stale-overwrite']?.kind
  expect(stale('unnumbered-registrations')).toBe('violated')
  expect(stale('parallel')).toBe('holds')
  // Without a loss it comes first, as before.
  expect(ask('mip-sip/unnumbered-registrations', 'one-moves-twice')['no-stale-overwrite']?.kind).toBe('holds')
})
