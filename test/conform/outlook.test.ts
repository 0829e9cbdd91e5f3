import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { worldOf } from '../../analysis/world.ts'
import type { Value } from '../../checker/model.ts'
import { after, enabledOutcomes } from '../../checker/reference.ts'
import type { Mapping } from '../../conform/mapping.ts'
import { mobikeMapping } from '../../conform/mobike-mapping.ts'
import { originsIn } from '../../conform/outlook.ts'
import { sipMapping } from '../../conform/sip-mapping.ts'
import type { Packet } from '../../spec/internet/packet.ts'
import { scenario } from '../../spec/internet/scenario.ts'
import { ENDS } from '../../spec/roaming.ts'
import { find } from '../protocols/ask.ts'
import { verdictOf } from './judged.ts'

/** A world as logs have it: hosts move on and return, users and programs do what they like. */
function worldOfLogs(target: string, { options, links }: Pick<Mapping, 'options' | 'links'>) {
  const { protocol, variant } = find(target)
  const moves = { a: ['west-2', 'west-1'], b: ['east-2', 'east-3'] }
  const bare = scenario('log', 'A test.', {
    moves,
    losses: 1,
    gaps: 'any',
    users: 'act',
    links: links ?? 'fifo',
    copies: 1,
  })
  const names = variant.nodes(bare).flatMap((n) => Object.keys((n.role.timers ?? {}) as object))
  return worldOf(
    { protocol, variant },
    {
      ...bare,
      timers: Object.fromEntries(names.map((name) => [name, 'eager' as const])),
      options,
    },
  ).internet
}

/** Packets of random runs that come from where nothing was to come from any more, in words, and how many were sent from an address that was left. */
function surprises(target: string, mapping: Mapping, runs = target.startsWith('sip/') ? 25 : 50) {
  const internet = worldOfLogs(target, mapping)
  const sendsFrom = mapping.sendsFrom!
  const { model, layout } = internet
  const found: string[] = []
  let fromElsewhere = 0
  const run = fc.array(fc.nat(), { minLength: 50, maxLength: 50 })
  const choices = fc.sample(run, { numRuns: runs, seed: 5 })
  for (const [i, choice] of choices.entries()) {
    let state: readonly Value[] = model.initial[0]!
    for (const [step, n] of choice.entries()) {
      // In every other run a session is first set up.
      const stays = i % 2 === 0 && step < 25
      const outcomes = enabledOutcomes(model, state).filter(({ label }) => !stays || label.kind !== 'detach')
      if (outcomes.length === 0) break
      const outcome = outcomes[n % outcomes.length]!
      const next = after(model, state, outcome)
      for (const end of ENDS) {
        const host = layout.node(end)
        const places = new Set(host.stops.flat())
        const origins = (kind: string, values: readonly Value[]) =>
          originsIn(internet, { end, kind }, (cell) => values[cell]!, sendsFrom).filter((address) =>
            places.has(address),
          )
        for (const [, { source, message }] of outcome.sends as unknown as [number, Packet][]) {
          if (!places.has(source)) continue
          if (!origins(message.kind, state).includes(source)) found.push(`${source} in '${outcome.label.text}'`)
          const { held } = layout.attachment((cell) => state[cell]!, host)
          if (['timer', 'action'].includes(outcome.label.kind) && !held.includes(source)) fromElsewhere += 1
        }
        for (const kind of mapping.kinds) {
          const known = origins(kind, state)
          const more = origins(kind, next).filter((address) => !known.includes(address))
          found.push(...more.map((address) => `${kind} from ${address} after '${outcome.label.text}'`))
        }
      }
      state = next
    }
  }
  return { found, fromElsewhere }
}

const VARIANTS = ['direct', 'home-proxy-rfc', 'resend-add-branch', 'interceptor-acknowledged', 'simultaneous-bindings']

describe('whoever has left a place for good sends nothing from there', () => {
  test.each(VARIANTS)('sip/%s, with programs that notice late', (variant) => {
    expect(surprises(`sip/${variant}`, sipMapping).found).toEqual([])
  })

  test('sip/direct, with programs that notice at once', () => {
    const actions = 'a hangs up, b hangs up, a re-INVITEs'
    expect(surprises('sip/direct', { ...sipMapping, options: { ...sipMapping.options, actions } }).found).toEqual([])
  })

  test.each(['silent-initiator', 'single-homed', 'responder-multihomed'])('mobike/%s', (variant) => {
    expect(surprises(`mobike/${variant}`, mobikeMapping).found).toEqual([])
  })

  test.each([
    ['programs that notice late', 'sip/direct', sipMapping],
    ['data that keep the addresses of before', 'mobike/silent-initiator', mobikeMapping],
  ] as const)('but for %s, which this has to know', (_, target, mapping) => {
    const { found, fromElsewhere } = surprises(target, { ...mapping, sendsFrom: () => [] })
    expect(found).not.toEqual([])
    expect(fromElsewhere).toBeGreaterThan(0)
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
