import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { worldOf } from '../../analysis/world.ts'
import type { Value } from '../../checker/model.ts'
import { after, enabledOutcomes } from '../../checker/reference.ts'
import type { SendsFrom } from '../../conform/mapping.ts'
import { originsIn } from '../../conform/outlook.ts'
import { sipMapping } from '../../conform/sip-mapping.ts'
import type { Packet } from '../../spec/internet/packet.ts'
import { scenario } from '../../spec/internet/scenario.ts'
import { ENDS } from '../../spec/roaming.ts'
import { find } from '../protocols/ask.ts'
import { verdictOf } from './judged.ts'

/** A world as logs have it: hosts move on and return, users and programs do what they like. */
function worldOfLogs(target: string, options = {}) {
  const { protocol, variant } = find(target)
  const moves = { a: ['west-2', 'west-1'], b: ['east-2', 'east-3'] }
  const bare = scenario('log', 'A test.', { moves, losses: 1, gaps: 'any', users: 'act', links: 'fifo', copies: 1 })
  const names = variant.nodes(bare).flatMap((n) => Object.keys((n.role.timers ?? {}) as object))
  return worldOf(
    { protocol, variant },
    {
      ...bare,
      timers: Object.fromEntries(names.map((name) => [name, 'eager' as const])),
      options: { ...sipMapping.options, ...options },
    },
  ).internet
}

/** Packets of random runs that come from where nothing was to come from any more, in words, and how many were sent from an address that was left. */
function surprises(target: string, sendsFrom: SendsFrom, options = {}) {
  const internet = worldOfLogs(target, options)
  const { model, layout } = internet
  const found: string[] = []
  let fromBehind = 0
  const run = fc.array(fc.nat(), { minLength: 50, maxLength: 50 })
  const choices = fc.sample(run, { numRuns: 25, seed: 5 })
  for (const choice of choices) {
    let state: readonly Value[] = model.initial[0]!
    for (const n of choice) {
      const outcomes = enabledOutcomes(model, state)
      if (outcomes.length === 0) break
      const outcome = outcomes[n % outcomes.length]!
      const next = after(model, state, outcome)
      for (const end of ENDS) {
        const origins = originsIn(internet, end, (cell) => state[cell]!, sendsFrom)
        const places = new Set(layout.node(end).stops.flat())
        for (const [, packet] of outcome.sends as unknown as [number, Packet][]) {
          if (!places.has(packet.source)) continue
          if (!origins.includes(packet.source)) found.push(`${packet.source} in '${outcome.label.text}'`)
          const { held } = layout.attachment((cell) => state[cell]!, layout.node(end))
          if (outcome.label.actor === end && outcome.label.kind === 'timer' && !held.includes(packet.source))
            fromBehind += 1
        }
        for (const address of originsIn(internet, end, (cell) => next[cell]!, sendsFrom))
          if (places.has(address) && !origins.includes(address)) found.push(`${address} after '${outcome.label.text}'`)
      }
      state = next
    }
  }
  return { found, fromBehind }
}

const sendsFrom = sipMapping.sendsFrom!
const VARIANTS = ['direct', 'home-proxy-rfc', 'resend-add-branch', 'interceptor-acknowledged', 'simultaneous-bindings']

describe('whoever has left a place for good sends nothing from there', () => {
  test.each(VARIANTS)('sip/%s, with programs that notice late', (variant) => {
    expect(surprises(`sip/${variant}`, sendsFrom).found).toEqual([])
  })

  test('sip/direct, with programs that notice at once', () => {
    const options = { actions: 'a hangs up, b hangs up, a re-INVITEs' }
    expect(surprises('sip/direct', sendsFrom, options).found).toEqual([])
  })

  test('but for programs that notice late, which this has to know', () => {
    const { found, fromBehind } = surprises('sip/direct', () => [])
    expect(found).not.toEqual([])
    expect(fromBehind).toBeGreaterThan(0)
  })
})

describe('a host that returns, by way of a loose-routing proxy', () => {
  const RETURNS = 'sip-proxy-loose-route-caller-returns-and-gives-up'

  test.each(['home-proxy-relookup', 'relookup-on-retransmit-491', 'resend-replace-branch'])(
    '%s diverges: no move that nothing shows mends that',
    (variant) => {
      expect(verdictOf(RETURNS, `sip/${variant}`).verdict.kind).toBe('diverges')
    },
  )
})
