import fc from 'fast-check'
import { expect, test } from 'vitest'
import { innermost, orderKey, type Packet, type Scenario, scenario } from '../../spec/index.ts'
import { enter, nextIn } from '../../spec/internet/flight.ts'
import { full } from '../full.ts'
import { everyStep, internetOf, key, listener, node } from '../internet/harness.ts'

const scenarios: fc.Arbitrary<Partial<Scenario>> = fc.record({
  moves: fc.constantFrom<Scenario['moves']>(
    { a: ['west-2'] },
    { a: ['west-2'], b: ['east-2'] },
    { a: ['west-2', 'west-1'] },
  ),
  movement: fc.constantFrom('phased', 'atomic', 'make-before-break'),
  overlap: fc.constantFrom('long', 'round-trip', 'any'),
  links: fc.constantFrom('fifo', 'bag'),
  losses: fc.constantFrom<Scenario['losses']>(0, 1, 'fair'),
  duplicates: fc.constantFrom(0, 1),
  crashes: fc.constantFrom<Scenario['crashes']>({}, { b: 1 }),
})

const nodes = () => [
  node('a', listener({ onAttach: ['east-1/b', 'west-1/a'] }), { from: 'west-1' }),
  node('b', listener({ onAttach: ['west-1/a'] }), { from: 'east-1' }),
]

const bag = (packets: readonly Packet[]): string[] => packets.map(key).sort()

type Step = ReturnType<typeof everyStep>[number]

const laws: Readonly<Record<string, (step: Step) => void>> = {
  'no packet is delivered to a host that does not hold its destination': ({ before, label }) => {
    if (label.kind !== 'deliver' && label.kind !== 'duplicate') return
    expect(before.held(label.actor!)).toContain(label.taken!.destination)
  },

  'nothing is lost, but by a fault, that somebody holds the address of': ({ before, label }) => {
    if (label.kind === 'lost') expect(before.holder(label.taken!.destination)).toBeUndefined()
  },

  'nothing appears from nowhere: every new packet is one that the step sends': ({ before, after, label }) => {
    const known = bag(before.inFlight())
    for (const one of after.inFlight()) {
      if (known.includes(key(one))) continue
      const sent = (label.sent ?? []).map((p) => `${p.source} ${p.destination} ${p.name}`)
      expect(sent).toContain(`${one.source} ${one.destination} ${innermost(one).message.kind}`)
    }
  },

  'nothing disappears but by arriving or by being lost': ({ before, after, label }) => {
    const left = bag(after.inFlight())
    const gone = bag(before.inFlight()).filter((packet) => !left.includes(packet))
    expect(gone.length).toBeLessThanOrEqual(label.taken === undefined ? 0 : 1)
  },

  'detach, attach and release keep what is in flight, but for what the host then sends': ({ before, after, label }) => {
    if (!['detach', 'release'].includes(label.kind)) return
    expect(bag(after.inFlight())).toEqual(bag(before.inFlight()))
  },

  'an address is held by at most one node': ({ after }) => {
    const held = [...after.held('a'), ...after.held('b')]
    expect(new Set(held).size).toBe(held.length)
  },
}

// Together, since to reach every step of an internet takes longer than to look at it.
test(`every step of every such internet obeys the laws: ${Object.keys(laws).join('; ')}`, () => {
  fc.assert(
    fc.property(scenarios, (given) => {
      for (const step of everyStep(internetOf(nodes(), given)))
        for (const [name, holds] of Object.entries(laws)) obeyed(name, step, holds)
    }),
    { numRuns: full ? 40 : 6 },
  )
})

function obeyed(name: string, step: Step, holds: (step: Step) => void): void {
  try {
    holds(step)
  } catch (error) {
    throw new Error(`${name}: not by '${step.label.text}'`, { cause: error })
  }
}

test('a budget is never overspent', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 1 }), (losses, duplicates) => {
      const internet = internetOf(nodes(), { moves: { a: ['west-2'] }, movement: 'atomic', losses, duplicates })
      const cell = internet.layout.faults
      if (cell === null) return
      for (const { after } of everyStep(internet)) {
        const left = after.look(cell) as { losses: number; duplicates: number }
        expect(Math.min(left.losses, left.duplicates)).toBeGreaterThanOrEqual(0)
      }
    }),
    { numRuns: full ? 40 : 6 },
  )
})

const packets: fc.Arbitrary<Packet> = fc.record({
  source: fc.constantFrom('n/a', 'n/b'),
  destination: fc.constantFrom('m/x', 'm/y'),
  hops: fc.constant(8),
  message: fc.record({ kind: fc.constantFrom('p', 'q') }),
})

test('packets of different sources enter a network in any order alike', () => {
  fc.assert(
    fc.property(fc.array(packets), packets, packets, fc.constantFrom('fifo', 'bag'), (before, p, q, links) => {
      fc.pre(p.source !== q.source)
      const s = scenario('s', 's', { links: links as 'fifo' | 'bag', copies: 2 })
      const flight = before.reduce((f, one) => enter(f, one, s), [] as readonly Packet[])
      expect(enter(enter(flight, p, s), q, s)).toEqual(enter(enter(flight, q, s), p, s))
    }),
  )
})

test('FIFO links deliver a channel in the order of sending', () => {
  fc.assert(
    fc.property(fc.array(packets, { maxLength: 8 }), (sent) => {
      const s = scenario('s', 's', { links: 'fifo', copies: 99 })
      let flight = sent.reduce((f, one) => enter(f, one, s), [] as readonly Packet[])
      const arrived: Packet[] = []
      while (flight.length > 0) {
        const [packet, rest] = nextIn(s)(flight)[0]!
        arrived.push(packet)
        flight = rest
      }
      const channel = (list: readonly Packet[], p: Packet) =>
        list.filter((o) => o.source === p.source && o.destination === p.destination).map(orderKey)
      for (const p of sent) expect(channel(arrived, p)).toEqual(channel(sent, p))
    }),
  )
})
