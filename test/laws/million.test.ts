import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explore } from '../../checker/explore.ts'
import { valuesOf } from '../../checker/graph.ts'
import { full } from '../full.ts'
import { brokenTwin, type Fault, someOf } from './broken-twin.ts'
import { counted, type LargeModel, largeModel, mayCount } from './large-model.ts'

/** What a breadth-first search finds that knows each state by its place in an array: no hash, no tag, no table. */
function oracle({ counters }: LargeModel): { seen: Uint8Array; count: number; edges: number; depth: number } {
  const places = counters.map((_, i) => counters.slice(0, i).reduce((all, { radix }) => all * radix, 1))
  const seen = new Uint8Array(counters.reduce((all, { radix }) => all * radix, 1))
  const queue = new Int32Array(seen.length)
  seen[0] = 1
  let [count, edges, depth, levelEnds] = [1, 0, 0, 1]
  for (let at = 0; at < count; at++) {
    if (at === levelEnds) {
      depth++
      levelEnds = count
    }
    const state = queue[at]!
    const valueAt = (i: number): number => Math.floor(state / places[i]!) % counters[i]!.radix
    for (const [i, counter] of counters.entries()) {
      if (!mayCount(counter, valueAt(counter.guard))) continue
      edges++
      const next = state + (counted(counter, valueAt(i)) - valueAt(i)) * places[i]!
      if (seen[next] === 1) continue
      seen[next] = 1
      queue[count++] = next
    }
  }
  return { seen, count, edges, depth }
}

/** In what an explorer and the oracle differ; null where they agree. */
function difference(large: LargeModel, search: typeof explore): string | null {
  const { counters, model } = large
  const right = oracle(large)
  // A store that forgets what it has would never come to an end.
  const found = search(model, { limits: { states: right.seen.length + 1 } })
  const counts = { states: found.store.count, edges: found.transitions, depth: found.depth }
  const expected = { states: right.count, edges: right.edges, depth: right.depth }
  if (JSON.stringify(counts) !== JSON.stringify(expected))
    return `${JSON.stringify(counts)} and not ${JSON.stringify(expected)}`
  const twice = new Uint8Array(right.seen.length)
  for (let s = 0; s < found.store.count; s++) {
    const values = valuesOf(found, s)
    const place = counters.reduceRight((all, { radix }, i) => all * radix + (values[i] as number), 0)
    if (right.seen[place] !== 1) return `state ${s} cannot be reached`
    if (twice[place] === 1) return `state ${s} is there twice`
    twice[place] = 1
  }
  return null
}

const inRows = (...changes: Fault['changes']): Fault => ({ file: 'rows.ts', changes })
const inStore = (...changes: Fault['changes']): Fault => ({ file: 'store.ts', changes })

/** What could be wrong in the store, and is seen by no small model: its table never grows, its tags are long, and its rows are short. */
const FAULTS: Readonly<Record<string, Fault>> = {
  'the last word is not compared': inRows([
    'return last < 0 || (this.#view.getInt32(base + last * BYTES_A_WORD, true) & lastMask) === words[at + last]',
    'return true',
  ]),
  'the first word is not compared': inRows([
    'for (let w = 0; w < last; w++)\n      if',
    'for (let w = 1; w < last; w++)\n      if',
  ]),
  'bytes of the next row are compared': inRows(['true) & lastMask) ===', 'true)) ===']),
  'bytes of the next row are read': inRows(['true) & lastMask\n', 'true)\n']),
  'a row is one byte too long': inRows(['const end = (row + 1) * bytes', 'const end = (row + 1) * bytes + 1']),
  'a row is one byte too short': inRows(['const end = (row + 1) * bytes', 'const end = (row + 1) * bytes - 1']),
  'bytes are put the other way round': inRows(['word >>>= 8', 'word <<= 8']),
  'the tag alone decides': inStore(['tag && this.#rows.isSame(entry & numberMask, layout, packed, at)', 'tag']),
  'the tag alone decides where many are looked up': inStore([
    'number >= 0 && !this.#rows.isSame(number, this.layout, packed, k * size)',
    'number >= 0 && number < 0',
  ]),
  'a tag loses a bit when the table grows': inStore([
    '      slots[slot] = tagOf(hash, numberMask)',
    '      slots[slot] = (tagOf(hash, numberMask) & 0x3fffffff)',
  ]),
  'the last state is forgotten when the table grows': inStore([
    'number < this.count; number++) {\n      this.load',
    'number < this.count - 1; number++) {\n      this.load',
  ]),
  'one state is not packed anew': inStore(['i < this.count; i++', 'i < this.count - 1; i++']),
  'states are packed anew in the places of shorter rows': inStore([
    'this.#rows.put(state, this.layout, to!, 0)',
    'this.#rows.put(state, old, to!, 0)',
  ]),
  'an integer may be as large as its field can just not hold': {
    file: 'successor-maker.ts',
    changes: [['integer > (mask[cell] as number)', 'integer > (mask[cell] as number) + 1']],
  },
  'fields of a word share a bit': { file: 'layout.ts', changes: [['shift += bits', 'shift += bits - 1']] },
}

describe('models of more than a million states', () => {
  test('the explorer finds the states, steps and depth that an array finds', () => {
    fc.assert(
      fc.property(largeModel, (large) => {
        expect(difference(large, explore)).toBeNull()
      }),
      { numRuns: full ? 60 : 2, seed: 20 },
    )
  })

  test.each(someOf(FAULTS, 4))('they show it when %s', async (fault) => {
    const { explore: twin } = await brokenTwin<{ explore: typeof explore }>('explore.ts', FAULTS[fault]!)
    const agrees = fc.property(largeModel, (large) => difference(large, twin) === null)
    const { failed } = fc.check(agrees, { numRuns: 10, seed: 20, endOnFailure: true })
    expect(failed).toBe(true)
  })
})
