import { type Control, wallClock } from '../../checker/limits.ts'
import type { TargetVariant } from '../target.ts'
import { type Lengths, lengthsOf } from './lengths.ts'
import { type Bounds, endComponents, type Mdp, reach } from './mdp.ts'
import { gameOf, type OddsAsked } from './odds.ts'
import { type PrismFiles, prismFiles } from './prism.ts'
import type { Asks } from './question.ts'
import { unfolded } from './unfolded.ts'

/** How likely it is that a property holds, exactly: whoever decides what comes first of what is due at one instant can bring it down to the one, or up to the other. */
export interface Exact {
  readonly least: Bounds
  readonly most: Bounds
  readonly states: number
  /** How long it takes from the end of the last move until it is so for good; null for what is not asked to be so in the end. */
  readonly lengths: Lengths | null
  /** The Markov decision process, for another checker; null where nobody asked for it. */
  readonly prism: PrismFiles | null
}

/** Milliseconds after the last move: what takes longer is not told apart. */
const USUAL_HORIZON = 600_000

/**
 * The probability of a property, by going through all that chance may do: each duration is one of finitely many.
 *
 * @throws InputError as `gameOf`, and where a duration may be anything in between, or there are too many states
 */
export function exactOdds(
  target: TargetVariant,
  asked: OddsAsked & { readonly prism?: boolean; readonly horizon?: number },
  control: Control = wallClock,
): Exact {
  const game = gameOf(target, asked)
  const chain = unfolded(game, control)
  const { mdp, isSo } = chain
  const { asks } = game.question
  const prism = asked.prism === true ? prismFiles(mdp, isSo, asks) : null
  const bounds = boundsOf(mdp, isSo, asks)
  const lengths = asks === 'in the end' ? lengthsOf(chain, bounds, asked.horizon ?? USUAL_HORIZON) : null
  return { ...bounds, states: mdp.actions.length, lengths, prism }
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
