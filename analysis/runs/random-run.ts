import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { mersenne } from 'pure-rand/generator/mersenne'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'
import { type Control, wallClock } from '../../checker/limits.ts'
import type { Label } from '../../checker/model.ts'
import type { Choice, Run, Walker } from './walker.ts'

/**
 * How a random run chooses among what can happen. `uniform`: each outcome is as likely as any other. `swarm`: each run likes some sorts of steps
 * more than others, by a factor of up to 32 that it draws anew. `mixed`: one run so, the next the other way.
 *
 * A uniform choice makes all runs alike: of ten packets in flight and one timer the timer hardly ever fires, a host moves in one of the first steps
 * or never, and a network that may lose packets loses half of them. So a swarm first chooses the sort of step (which node receives, which
 * timer, which host moves, which network loses), by the weights of the run, and then evenly among the steps of that sort: a timer or a move
 * counts as much as a whole crowd of packets, and there are runs in which one host is late, one network is good, or one timer is quick (Groce et
 * al., Swarm testing, 2012). Of the mistakes that ship with this program some are found sooner by the one and some by the other: hence `mixed`.
 */
export const CHOOSING = ['mixed', 'uniform', 'swarm'] as const
export type Choosing = (typeof CHOOSING)[number]

/** Halvings of a weight: from 1 down to 1/32. */
const MOST_HALVINGS = 5

/** Steps between two looks at the world. */
const BETWEEN_LOOKS = 1024

/** Which random run: all that it depends on besides the model. */
export interface Drawn {
  readonly number: number
  readonly seed: number
  readonly choosing: Choosing
  /** Steps, at most. */
  readonly most: number
}

/** Random runs number 0, 1, 2, … of a seed: the same ones each time. */
export function* runsOf({
  seed,
  choosing,
  steps,
}: {
  seed: number
  choosing: Choosing
  steps: number
}): Generator<Drawn> {
  const seeds = mersenne(seed)
  for (let number = 0; ; number++) yield { number, seed: seeds.next(), choosing, most: steps }
}

/**
 * Draws a random run.
 *
 * @throws SpecError where a rule throws
 */
export function randomRun(walker: Walker, { number, seed, choosing, most }: Drawn, control: Control = wallClock): Run {
  const random = mersenne(seed)
  const choose = choosing === 'uniform' || (choosing === 'mixed' && number % 2 === 0) ? evenly : swarm()
  const { starts } = walker
  const run: Run = { states: [starts[uniformInt(random, 0, starts.length - 1)]!], steps: [], ended: false }
  while (run.steps.length < most) {
    // A sign of life; and a run that is interrupted counts as far as it came.
    if (run.steps.length % BETWEEN_LOOKS === BETWEEN_LOOKS - 1) {
      control.now()
      if (control.interrupted?.() === true) break
    }
    const state = run.states.at(-1)!
    const choices = walker.choices(state)
    run.ended = choices.length === 0
    if (run.ended) break
    const choice = choices.length === 1 ? choices[0]! : choose(random, choices)
    run.steps.push(choice)
    run.states.push(walker.after(state, choice))
  }
  return run
}

const evenly = (random: RandomGenerator, choices: readonly Choice[]): Choice =>
  choices[uniformInt(random, 0, choices.length - 1)]!

/** The choice of one run: its weights are drawn as sorts of steps first turn up. */
function swarm(): (random: RandomGenerator, choices: readonly Choice[]) => Choice {
  const weights = new Map<string, number>()
  return (random, choices) => {
    const sorts = new Map<string, Choice[]>()
    for (const choice of choices) {
      const sort = sortOf(choice.label)
      const same = sorts.get(sort)
      if (same === undefined) sorts.set(sort, [choice])
      else same.push(choice)
      if (!weights.has(sort)) weights.set(sort, 2 ** uniformInt(random, 0, MOST_HALVINGS))
    }
    const total = [...sorts.keys()].reduce((sum, sort) => sum + weights.get(sort)!, 0)
    let left = uniformInt(random, 0, total - 1)
    for (const [sort, same] of sorts) {
      left -= weights.get(sort)!
      if (left < 0) return evenly(random, same)
    }
    return evenly(random, choices)
  }
}

const sortOf = ({ kind, actor, timer }: Label): string => `${kind} ${actor ?? ''} ${timer ?? ''}`
