import type { Label } from '../../checker/model.ts'
import { costOfPart, type Shown, stepsOf } from './judge.ts'
import type { Choice, Run, State, Walker } from './walker.ts'

/** A run, and the part of it that shows what is looked for. */
export interface Witnessed {
  readonly run: Run
  readonly shown: Shown
}

/**
 * Delta debugging (Zeller and Hildebrandt, 2002) over the choices that made a run: ever smaller parts of them are left out, and what can still be
 * done of the others is done; what costs less by faults, moves, messages and steps, and still shows it, is taken. No single step, and no two, can be
 * left out of what comes out. It need not be the least run of the model, which may go another way.
 *
 * @param shows what of a run shows it; null where nothing does
 * @param stop asked often; true ends it with the best so far
 */
export function minimised(
  walker: Walker,
  found: Witnessed,
  shows: (run: Run) => Shown | null,
  stop: () => boolean,
): Witnessed {
  let best = found
  let cost = costOfPart(best.run, best.shown)
  const labels = (): Label[] => stepsOf(best.run, best.shown).map(({ label }) => label)
  let wanted = labels()
  /** Whether it is still shown without some of the steps; then they are gone. */
  const without = (isLeftOut: (step: number) => boolean): boolean => {
    const run = follow(
      walker,
      best.run.states[0]!,
      wanted.filter((_, i) => !isLeftOut(i)),
    )
    const shown = shows(run)
    if (shown === null) return false
    const less = costOfPart(run, shown)
    if (less >= cost) return false
    best = { run, shown }
    cost = less
    wanted = labels()
    return true
  }
  for (let smaller = true; smaller; ) {
    smaller = false
    for (let size = Math.ceil(wanted.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let from = 0; from < wanted.length; ) {
        if (stop()) return best
        if (without((i) => i >= from && i < from + size)) smaller = true
        else from += size
      }
    }
    if (smaller) continue
    // A packet that is lost, and the timer that sends it again, go only together.
    for (let one = 0; one < wanted.length && !smaller; one++) {
      for (let other = one + 1; other < wanted.length && !smaller; other++) {
        if (stop()) return best
        smaller = without((i) => i === one || i === other)
      }
    }
  }
  return best
}

/** Takes steps by what they are called, as far as each can be taken; one that cannot is left out. */
export function follow(walker: Walker, start: State, labels: readonly Label[]): Run {
  const run: Run = { states: [start], steps: [], ended: false }
  for (const label of labels) {
    const state = run.states.at(-1)!
    const choice = likest(walker.choices(state), label)
    if (choice === undefined) continue
    run.steps.push(choice)
    run.states.push(walker.after(state, choice))
  }
  run.ended = walker.choices(run.states.at(-1)!).length === 0
  return run
}

/** The same step in words; or else one of the same sort, such as the same message with another number. */
function likest(choices: readonly Choice[], wanted: Label): Choice | undefined {
  const sort = sortOf(wanted)
  return choices.find(({ label }) => label.text === wanted.text) ?? choices.find(({ label }) => sortOf(label) === sort)
}

const sortOf = ({ kind, actor, timer, address, taken }: Label): string =>
  JSON.stringify([kind, actor, timer, address, taken?.name, taken?.destination])
