import { type Control, wallClock } from '../../checker/limits.ts'
import { errors } from '../errors.ts'
import { type Choice, keyOf } from '../runs/walker.ts'
import type { TargetVariant } from '../target.ts'
import { type Chances, drawsOf, isFault, isLoss, type Picks } from './chances.ts'
import { type Action, type Bounds, endComponents, type Mdp, reach } from './mdp.ts'
import { type Game, gameOf, type OddsAsked } from './odds.ts'
import { type PrismFiles, prismFiles } from './prism.ts'
import type { Asks } from './question.ts'
import { afterStep, type Draws, next, type Race, race } from './race.ts'
import { Luck } from './ties.ts'

/** How likely it is that a property holds, exactly: whoever decides what comes first of what is due at one instant can bring it down to the one, or up to the other. */
export interface Exact {
  readonly least: Bounds
  readonly most: Bounds
  readonly states: number
  /** The Markov decision process, for another checker; null where nobody asked for it. */
  readonly prism: PrismFiles | null
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

/**
 * The probability of a property, by going through all that chance may do: each duration is one of finitely many.
 *
 * @throws InputError as `gameOf`, and where a duration may be anything in between, or there are too many states
 */
export function exactOdds(
  target: TargetVariant,
  asked: OddsAsked & { readonly prism?: boolean },
  control: Control = wallClock,
): Exact {
  const game = gameOf(target, asked)
  const { mdp, isSo } = unfolded(game, control)
  const { asks } = game.question
  const prism = asked.prism === true ? prismFiles(mdp, isSo, asks) : null
  return { ...boundsOf(mdp, isSo, asks), states: mdp.actions.length, prism }
}

function boundsOf(mdp: Mdp, isSo: readonly boolean[], asks: Asks): Pick<Exact, 'least' | 'most'> {
  const so = new Set(isSo.flatMap((one, i) => (one ? [i] : [])))
  const notSo = new Set(isSo.flatMap((one, i) => (one ? [] : [i])))
  switch (asks) {
    case 'ever':
      return { least: reach(mdp, so, 'min', 0), most: reach(mdp, so, 'max', 0) }
    case 'always':
      return { least: without(reach(mdp, notSo, 'max', 0)), most: without(reach(mdp, notSo, 'min', 0)) }
    case 'in the end': {
      const stays = new Set(endComponents(mdp, so).flat())
      const comesBack = endComponents(mdp, new Set(mdp.actions.keys())).filter((all) => all.some((i) => notSo.has(i)))
      return {
        least: without(reach(mdp, new Set(comesBack.flat()), 'max', 0)),
        most: reach(mdp, stays, 'max', 0),
      }
    }
  }
}

const without = ({ least, most }: Bounds): Bounds => ({ least: 1 - most, most: 1 - least })

/** All that can come about, with what is left of each clock in the place of when it is due. */
function unfolded(
  { clockwork, question, chances }: Game,
  control: Control,
): { readonly mdp: Mdp; readonly isSo: boolean[] } {
  const numbers = new Map<string, number>()
  const found: Place[] = []
  const isSo: boolean[] = []
  const number = (place: Place): number => {
    const { at, luck } = place
    const key = `${keyOfRace(at)}|${luck.key}`
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, found.length)
    isSo.push(question.isSo(at.state))
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
