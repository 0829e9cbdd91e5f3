import { describe, expect, test } from 'vitest'
import { check } from '../../checker/check.ts'
import { noPingPong } from '../../properties/index.ts'
import { type SelectionSettings, selectionModel } from '../../spec/mip-sip/network-selection.ts'
import { ask } from './ask.ts'

const LARGE = { name: 'UMTS', coverage: 'large' } as const
const SMALL = { name: 'WLAN', coverage: 'small' } as const
const ALSO_SMALL = { name: 'WLAN 2', coverage: 'small' } as const

/** Fine enough that every interval of the table has a difference of utilities in it. */
const levels = Array.from({ length: 13 }, (_, i) => 4 + i / 4)

/** Whether the choice settles, whatever the measurements. */
function settles(networks: SelectionSettings['networks'], hysteresis: number, feedback: number): boolean {
  const model = selectionModel({ networks, levels, feedback, hysteresis, changes: 2 })
  const names = networks.map(({ name }) => name)
  return check(model, [noPingPong(0, names)])[0]!.kind === 'holds'
}

const depths = [0, 0.5, 1, 1.5, 2, 2.5, 3]
const feedbacks = [0, 0.5, 1, 1.5, 2]

describe('hysteresis against load feedback, the whole table', () => {
  test.each(depths)(
    'out of a large network with a hysteresis of %d: it settles if that is twice the feedback',
    (depth) => {
      expect(feedbacks.map((feedback) => settles([LARGE, SMALL], depth, feedback))).toEqual(
        feedbacks.map((feedback) => depth >= 2 * feedback),
      )
    },
  )

  test('between networks of one size there is none, whatever the hysteresis', () => {
    for (const depth of [0, 3])
      expect(feedbacks.map((feedback) => settles([SMALL, ALSO_SMALL], depth, feedback))).toEqual(
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
