// Others that make successors for a search change nothing of what it finds: see also kernel.test.ts.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shippedVariant, worldOf } from '../../analysis/world.ts'
import { type CheckOptions, check } from '../../checker/check.ts'
import type { Crew, Work } from '../../checker/crew.ts'
import { wallClock } from '../../checker/limits.ts'
import { brokenTwin } from './broken-twin.ts'
import { found } from './found.ts'
import { randomModel } from './random-model.ts'
import { isFilling, takingTurns } from './taking-turns.ts'

function shipped(name: string) {
  const [target, scenario] = name.split(' ')
  const variant = shippedVariant(target!)
  return worldOf(variant, variant.variant.scenarios.find((one) => one.name === scenario)!)
}

/** All that is said of a model, but for what it took. */
function said(name: string, options: CheckOptions, search = check): unknown {
  const { internet, properties } = shipped(name)
  return search(internet.model, properties, options).map(
    ({ statistics: { seconds: _, memory: __, ...counts }, ...rest }) => ({ ...rest, counts }),
  )
}

/** So many at a time, from the first state on. */
const chunkSizes = { from: 0, states: 40, block: 8, successors: 600 }
const kernel = { ...chunkSizes, together: chunkSizes }

test.each(['sip/direct both-move', 'mipv6/home-address-one-agent both-move', 'sip-setup/paper-relookup both-move'])(
  'of %s, a search together says what one without a kernel says, to the last step of each run',
  (name) => {
    let [helped, filled] = [0, 0]
    const control = { ...wallClock, crew: () => takingTurns(3, 2, (filling) => (filling ? filled++ : helped++)) }
    expect(said(name, { control, kernel })).toEqual(said(name, { kernel: null }))
    expect(helped).toBeGreaterThan(20)
    expect(filled).toBeGreaterThan(0)
  },
)

/** What members look things up in (`use` of wasm/loop.ts): the hash tables of rules and of what arrives. */
function tablesOf({ memory, common }: Work): string {
  const at = (address: number, length: number) => new Int32Array(memory.buffer, address, length)
  const [width, groups, groupsAt, absorbedAt] = at(common, 4) as unknown as [number, number, number, number]
  const ofGroups = Array.from({ length: groups }, (_, g) => [...at(groupsAt + 32 * g, 8)].slice(5, 7))
  const ofCells = Array.from({ length: width }, (_, cell) => [...at(absorbedAt + 8 * cell, 2)])
  return [...ofGroups, ...ofCells].map(([entries, mask]) => at(entries!, 3 * (mask! + 1)).join()).join(' ')
}

/** A crew of which somebody looks at the work, and the chunk, when it begins, and before and after it finishes; and at a filling when it begins. */
function around(
  crew: Crew,
  look: Partial<Record<'begins' | 'finishes' | 'hasFinished' | 'fills', (work: Work, chunk: number) => void>>,
): Crew {
  let work: Work | null = null
  let chunk = 0
  return {
    ...crew,
    hand: (given) => {
      work = given
      crew.hand(given)
    },
    begin: (address) => {
      chunk = address
      if (isFilling(work!, chunk)) look.fills?.(work!, chunk)
      else look.begins?.(work!, chunk)
      crew.begin(address)
    },
    finish: () => {
      if (isFilling(work!, chunk)) return crew.finish()
      look.finishes?.(work!, chunk)
      crew.finish()
      look.hasFinished?.(work!, chunk)
    },
  }
}

/** How often something new is in tables while others look at them, and how often they begin. */
function learnedMeanwhile(search: typeof check): [changed: number, begun: number] {
  let [changed, begun] = [0, 0]
  let before = ''
  const crew = () =>
    around(takingTurns(3, 2), {
      begins: (work) => {
        begun++
        before = tablesOf(work)
      },
      finishes: (work) => {
        if (tablesOf(work) !== before) changed++
      },
    })
  said('sip/direct both-move', { control: { ...wallClock, crew }, kernel }, search)
  return [changed, begun]
}

test('nothing is learned while others look at the tables; who does is noticed', async () => {
  const [changed, begun] = learnedMeanwhile(check)
  expect(changed).toBe(0)
  expect(begun).toBeGreaterThan(5)
  const changes = [['    this.#rest()\n    return', '    return']] as const
  const twin = await brokenTwin<{ check: typeof check }>('check.ts', { file: 'kernel.ts', changes })
  expect(learnedMeanwhile(twin.check)[0]).toBeGreaterThan(0)
})

test('who fills slots with others does not take itself to be alone', () => {
  const alone: number[] = []
  const fills = ({ memory }: Work, filling: number) => alone.push(new Int32Array(memory.buffer, filling, 3)[2]!)
  const control = { ...wallClock, crew: () => around(takingTurns(3, 2), { fills }) }
  said('sip/direct both-move', { control, kernel })
  expect(alone.length).toBeGreaterThan(0)
  expect(alone).toEqual(alone.map(() => 0))
})

/** The words of a chunk (wasm/loop.ts): first state, last, how many there were, and addresses. */
const [FROM, TO, COUNTS, FAIR] = [0, 1, 6, 9]

/** A crew that does one thing wrong in what was made. */
const broken = (crew: Crew, wrong: (counts: Int32Array, fair: Int32Array) => void): Crew =>
  around(crew, {
    hasFinished: ({ memory }, chunk) => {
      const ints = (address: number, length: number) => new Int32Array(memory.buffer, address, length)
      const words = ints(chunk, 16)
      wrong(ints(words[COUNTS]!, words[TO]! - words[FROM]!), ints(words[FAIR]!, 1200))
    },
  })

const changed = (integers: Int32Array, when: (integer: number) => boolean, to: (integer: number) => number): void =>
  integers.set(integers.map((integer) => (when(integer) ? to(integer) : integer)))

test.each<[string, (counts: Int32Array, fair: Int32Array) => void]>([
  [
    'drops a successor',
    (counts) =>
      changed(
        counts,
        (count) => count > 1,
        (count) => count - 1,
      ),
  ],
  [
    'knows what it cannot know',
    (counts) =>
      changed(
        counts,
        (count) => count === -1,
        () => 0,
      ),
  ],
  [
    'takes a step of another class',
    (_, fair) =>
      changed(
        fair,
        (id) => id > 0,
        (id) => id - 1,
      ),
  ],
])('a law notices a member that %s', (_, wrong) => {
  const control = { ...wallClock, crew: () => broken(takingTurns(2, 1e9), wrong) }
  const same = fc.property(randomModel(), (model) => {
    expect(found(model, { control, kernel })).toEqual(found(model, { kernel: null }))
  })
  expect(() => fc.assert(same, { numRuns: 300 })).toThrow()
})
