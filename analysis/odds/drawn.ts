import type { Choice } from '../runs/walker.ts'
import { byDice, type Chances, Dice, drawsOf, isFault, isLoss } from './chances.ts'
import type { Clockwork } from './clockwork.ts'
import type { Question } from './question.ts'
import { afterStep, next, type Race, race } from './race.ts'
import { Luck } from './ties.ts'

/** What a drawn run came to. */
export interface Drawn {
  /** Whether what is asked is so. */
  readonly holds: boolean
  /** Something was still to come when it was judged. */
  readonly goesOn: boolean
  /**
   * Milliseconds from the end of the last move: until it was so for good, or, of what is always to be so, until it was not. Null where that did not
   * come about.
   */
  readonly took: number | null
}

export interface DrawnAsked {
  readonly chances: Chances
  /** Milliseconds after the last move, after which a run is judged as it is then. */
  readonly horizon: number
}

/** Steps of one run, at most: a packet that goes round in no time has no end. */
const MOST_STEPS = 1_000_000

/** Draws a run, and judges it. */
export function drawn(clockwork: Clockwork, question: Question, { chances, horizon }: DrawnAsked, seed: number): Drawn {
  const dice = new Dice(seed)
  const draws = drawsOf(chances, new Luck(chances.ties), byDice(dice))
  let at: Race = race(clockwork, clockwork.start, 0, new Map(), draws)
  let over: number | null = question.isOver(at.state) ? 0 : null
  let isSo = question.isSo(at.state)
  let since = 0
  const { asks } = question
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    if (asks === 'always' && !isSo) return { holds: false, goesOn: true, took: Math.max(0, at.now - (over ?? at.now)) }
    if (asks === 'ever' && isSo) return { holds: true, goesOn: true, took: null }
    const come = next({ choices: clockwork.choices(at.state).filter((one) => !isFault(one) || isLoss(one)) }, at)
    const ends = come === null || (over !== null && come.at > over + horizon)
    if (ends) return judged(come !== null)
    at = afterStep(clockwork, at, come.at, chosen(come.choices), draws)
    if (over === null && question.isOver(at.state)) over = at.now
    const now = question.isSo(at.state)
    if (now !== isSo) [isSo, since] = [now, at.now]
  }
  return judged(true)

  function judged(goesOn: boolean): Drawn {
    if (asks !== 'in the end') return { holds: asks === 'always', goesOn, took: null }
    return { holds: isSo, goesOn, took: isSo ? Math.max(0, since - (over ?? since)) : null }
  }

  /** Of what is due at one instant any comes first; a packet that arrives is lost as often as packets are. */
  function chosen(choices: readonly Choice[]): Choice {
    const clocks = [...new Set(choices.map(({ label }) => label.clock ?? ''))]
    const clock = dice.one('order', clocks)
    const own = choices.filter(({ label }) => (label.clock ?? '') === clock)
    const losses = own.filter(isLoss)
    const isLost = losses.length > 0 && chances.loss > 0 && dice.share('loss') < chances.loss
    return dice.one('choice', isLost ? losses : own.filter((one) => !isLoss(one)))
  }
}
