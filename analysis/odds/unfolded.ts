import type { Control } from '../../checker/limits.ts'
import { errors } from '../errors.ts'
import { type Choice, keyOf } from '../runs/walker.ts'
import { type Chances, drawsOf, isFault, isLoss, type Picks } from './chances.ts'
import type { Action, Mdp } from './mdp.ts'
import type { Game } from './odds.ts'
import { afterStep, type Draws, next, type Race, race } from './race.ts'
import { Luck } from './ties.ts'

/** All that can come about, by number. */
export interface Unfolded {
  readonly mdp: Mdp
  /** Of each state: what is asked is so. */
  readonly isSo: readonly boolean[]
  /** All moves have been made. */
  readonly isOver: readonly boolean[]
  /** Milliseconds until it is left, whatever is chosen; `Infinity` where nothing comes any more. */
  readonly stays: readonly number[]
}

const MOST_STATES = 400_000

/** Where a run may be, with what is known already of what is still to come. */
interface Place {
  readonly at: Race
  readonly luck: Luck
}
/** Where it is next, and how likely. */
interface Branch extends Place {
  readonly share: number
}

/** Goes through all that can come about, with what is left of each clock in the place of when it is due. */
export function unfolded({ clockwork, question, chances }: Game, control: Control): Unfolded {
  const numbers = new Map<string, number>()
  const found: Place[] = []
  const [isSo, isOver, stays] = [[] as boolean[], [] as boolean[], [] as number[]]
  const number = (place: Place): number => {
    const { at, luck } = place
    const key = `${keyOfRace(at)}|${luck.key}`
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, found.length)
    isSo.push(question.isSo(at.state))
    isOver.push(question.isOver(at.state))
    if (found.length >= MOST_STATES) throw errors.tooManyChances(found.length, MOST_STATES)
    return found.push(place) - 1
  }
  // State 0 is before the first dice are thrown.
  const begin: Action[] = [
    actionOf(
      branches(chances, new Luck(chances.ties), (draws) => race(clockwork, clockwork.start, 0, new Map(), draws)),
    ),
  ]
  const actions: Action[][] = []
  const starts = begin.map(({ to, chance }) => ({ to, chance }))
  for (let i = 0; i < found.length; i++) {
    if (i % 1024 === 0) control.now()
    actions.push(actionsOf(found[i]!, i))
  }
  const shift = ({ to, chance }: Action): Action => ({ to: to.map((state) => state + 1), chance })
  return {
    mdp: { actions: [starts.map(shift), ...actions.map((own) => own.map(shift))] },
    isSo: [question.isSo(clockwork.start), ...isSo],
    isOver: [question.isOver(clockwork.start), ...isOver],
    stays: [0, ...stays],
  }

  function actionOf(all: readonly Branch[]): Action {
    const chance = new Map<number, number>()
    for (const { at, luck, share } of all) {
      const to = number({ at: { ...at, now: 0, due: left(at) }, luck })
      chance.set(to, (chance.get(to) ?? 0) + share)
    }
    return { to: [...chance.keys()], chance: [...chance.values()] }
  }

  function actionsOf({ at, luck }: Place, i: number): Action[] {
    const choices = clockwork.choices(at.state).filter((one) => !isFault(one) || isLoss(one))
    const come = next({ choices }, at)
    stays.push(come === null ? Number.POSITIVE_INFINITY : come.at)
    if (come === null) return [{ to: [i], chance: [1] }]
    const after = (choice: Choice, share: number): Branch[] =>
      branches(chances, luck, (draws) => afterStep(clockwork, at, come.at, choice, draws)).map((one) => ({
        ...one,
        share: one.share * share,
      }))
    return come.choices
      .filter((one) => !isLoss(one))
      .map((choice) => {
        const loss = come.choices.find((one) => isLoss(one) && one.label.clock === choice.label.clock)
        if (loss === undefined || chances.loss === 0) return actionOf(after(choice, 1))
        return actionOf([...after(choice, 1 - chances.loss), ...after(loss, chances.loss)])
      })
  }
}

/** When each clock is due, from now on. */
const left = ({ due, now }: Race): Race['due'] =>
  new Map([...due].map(([id, { at, times }]) => [id, { at: at - now, times }]))

const keyOfRace = ({ state, due }: Race): string =>
  `${keyOf(state)}|${[...due]
    .map(([id, { at, times }]) => `${id}=${at}/${times}`)
    .sort()
    .join()}`

/** A step for each way in which the dice may fall, with its probability. */
function branches(chances: Chances, before: Luck, step: (draws: Draws) => Race): Branch[] {
  const all: Branch[] = []
  const fallen: number[] = []
  for (;;) {
    const sizes: number[] = []
    let share = 1
    const luck = new Luck(chances.ties, before)
    const pick: Picks = ({ values, name }, of) => {
      if (values === null) throw errors.notFinite(of, name)
      const i = sizes.push(values.length) - 1
      share /= values.length
      return values[fallen[i] ?? 0]!
    }
    const at = step(drawsOf(chances, luck, pick))
    all.push({ at, luck, share })
    // The next way, the last die fastest.
    let i = sizes.length - 1
    while (fallen.length < sizes.length) fallen.push(0)
    while (i >= 0 && fallen[i]! + 1 === sizes[i]!) fallen[i--] = 0
    if (i < 0) return all
    fallen[i]!++
    fallen.length = i + 1
  }
}
