import type { Budget } from './budget.ts'
import type { Cycles } from './cycles.ts'
import { fairAmong } from './fairness.ts'
import type { StateGraph } from './graph.ts'

/**
 * The patient rules of which one waits for ever in some fair run, and is held back in each of its states: by others that come again and again. Patience says only
 * that a longer timer comes after a shorter one, so that one that begins anew for ever holds back all longer ones for ever; no clock does. What a
 * search says does not happen may happen after such a rule.
 *
 * @returns their names; null where the search kept no edges
 * @throws Stopped when it is not known in time
 */
export function heldBackForEver(graph: StateGraph, cycles: () => Cycles, budget: Budget): string[] | null {
  const { compiled, edges } = graph
  if (!compiled.canHoldBack) return []
  if (edges === null) return null
  return budget.scope(() => {
    const known = cycles()
    const waitsIn = new Map<number, number[]>()
    const heldBackIn = heldBackInStates(graph)
    let untaken = 0
    for (const component of known.components)
      for (const state of component) {
        const here = heldBackIn(state)
        budget.poll(1 + here.length)
        untaken += here.length * BYTES_A_NUMBER
        if (untaken > BYTES_AT_A_TIME) {
          budget.take(untaken)
          untaken = 0
        }
        for (const waiter of here) {
          const states = waitsIn.get(waiter)
          if (states === undefined) waitsIn.set(waiter, [state])
          else states.push(state)
        }
      }
    budget.take(untaken)
    const sets = [...waitsIn].map(([waiter, states]) => [waiter, Int32Array.from(states)] as const)
    const found = fairAmong(known, edges, compiled.fairness, sets, budget)
    return [...new Set(found.map((waiter) => compiled.ruleOfWaiting(waiter)))].sort()
  })
}

/** The same of one run: those that wait, held back, in each of these states. */
export function heldBackAlong(graph: StateGraph, states: readonly number[]): string[] {
  const [first, ...rest] = states
  if (first === undefined || !graph.compiled.canHoldBack) return []
  const heldBackIn = heldBackInStates(graph)
  const waiters = rest.reduce(
    (kept, state) => {
      const here = heldBackIn(state)
      return kept.filter((waiter) => here.includes(waiter))
    },
    [...heldBackIn(first)],
  )
  return [...new Set(waiters.map((waiter) => graph.compiled.ruleOfWaiting(waiter)))].sort()
}

const BYTES_A_NUMBER = 12
const BYTES_AT_A_TIME = 2 ** 16

/** Those that wait, held back, in a state: until another one is asked about. */
function heldBackInStates({ compiled, store }: StateGraph): (state: number) => readonly number[] {
  const row = new Int32Array(store.width)
  const here: number[] = []
  return (state) => {
    here.length = 0
    store.unpack(state, row)
    compiled.heldBack(row, here)
    return here
  }
}
