import type { Clock } from '../../checker/model.ts'
import { eachTime } from '../../checker/timed/back-off.ts'
import type { Choice, State } from '../runs/walker.ts'
import type { Clockwork } from './clockwork.ts'

/** A clock that runs: when its step is taken, in milliseconds from the beginning, and how often it has begun afresh by a step of its own. */
export interface Due {
  readonly at: number
  readonly times: number
}

/** A state of a race of clocks, in which the one that is due first wins (a generalised semi-Markov process: Glynn, 1989). */
export interface Race {
  readonly state: State
  readonly now: number
  readonly due: ReadonlyMap<string, Due>
}

/** Draws how long a clock takes that begins now: the time that its distribution, or its standard, gives. */
export type Draws = (clock: Clock, times: number) => number

/** What can come next: at one instant, by the clocks that are due then. */
export interface Next {
  readonly at: number
  readonly choices: readonly Choice[]
}

/** The clocks that run in a state: those that ran before go on, others begin. */
export function race(clockwork: Clockwork, state: State, now: number, before: Race['due'], draws: Draws): Race {
  const due = new Map<string, Due>()
  for (const clock of clockwork.running(state)) {
    const known = before.get(clock.id)
    if (known !== undefined && known.at >= 0) due.set(clock.id, known)
    else {
      const times = known === undefined ? 0 : Math.min(known.times + 1, eachTime(clock).length - 1)
      due.set(clock.id, { at: now + draws(clock, times), times })
    }
  }
  return { state, now, due }
}

/** What is due first; null where nothing will ever be. */
export function next({ choices }: { readonly choices: readonly Choice[] }, { now, due }: Race): Next | null {
  let at = Number.POSITIVE_INFINITY
  let first: Choice[] = []
  for (const choice of choices) {
    const { clock } = choice.label
    const when = clock === undefined ? now : (due.get(clock)?.at ?? Number.POSITIVE_INFINITY)
    if (when > at || when === Number.POSITIVE_INFINITY) continue
    if (when < at) {
      at = when
      first = []
    }
    first.push(choice)
  }
  return first.length === 0 ? null : { at, choices: first }
}

/** After a step: its own clock, if it runs on, begins afresh, as one that has been once more. */
export function afterStep(clockwork: Clockwork, before: Race, at: number, choice: Choice, draws: Draws): Race {
  const { clock } = choice.label
  const own = clock === undefined ? undefined : before.due.get(clock)
  const known = own === undefined ? before.due : new Map([...before.due, [clock!, { at: -1, times: own.times }]])
  return race(clockwork, clockwork.after(before.state, choice), at, known, draws)
}

/** The interval of a clock that begins for the so many-th time. */
export function intervalAt(clock: Clock, times: number): Pick<Clock, 'earliest' | 'latest'> {
  const each = eachTime(clock)
  return each[Math.min(times, each.length - 1)]!
}
