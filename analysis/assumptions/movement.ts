import type { Scenario } from '../../spec/internet/scenario.ts'
import { type Axis, fieldAxis, type Ground, somebodyMoves } from './axis.ts'

/** How a move goes. */
export function movementAxes({ scenario, nodes }: Ground): Axis[] {
  const inPhases = (s: Scenario): boolean => s.movement === 'phased' && somebodyMoves(s)
  const overlaps = (s: Scenario): boolean => s.movement === 'make-before-break' && somebodyMoves(s)
  const movesAgain = ({ moves }: Scenario): boolean => Object.values(moves).some((stops) => stops.length > 1)
  // Where no role says that something is pending, being settled keeps nobody back.
  const saysPending = nodes.some(({ from, role }) => from !== undefined && role.pending !== undefined)
  const paces = [
    ['hurried', 'a host may move on during an overlap, which ends it', 'pace'],
    ['any', 'a host may leave again at any time, once an overlap is over', 'no move within an overlap'],
    ['settled', 'a host leaves only when its last handoff is over', 'handoffs apart'],
  ] as const
  const ofPhases = paces.slice(1)
  return [
    fieldAxis(
      scenario,
      'movement',
      [
        ['phased', 'moves in phases (detach, gap, attach)', 'moves'],
        ['atomic', 'atomic moves', 'no gap'],
        ['make-before-break', 'make before break', 'overlap'],
      ],
      somebodyMoves,
    ),
    fieldAxis(
      scenario,
      'overlap',
      [
        ['any', 'overlap of any length', 'some overlap'],
        ['round-trip', 'overlap until nothing is in flight', 'overlap ≥ round trip'],
        ['long', 'overlap until no timer runs', 'long overlap'],
        ['for-good', 'old addresses are kept for good', 'addresses kept'],
      ],
      overlaps,
    ),
    fieldAxis(
      scenario,
      'gaps',
      [
        ['any', 'gaps of any length', 'gaps'],
        ['short', 'gaps shorter than patient timers', 'short gaps'],
      ],
      inPhases,
    ),
    fieldAxis(
      scenario,
      'pace',
      scenario.movement === 'make-before-break' || scenario.pace === 'hurried' ? paces : ofPhases,
      (s) => movesAgain(s) && (s.pace !== 'settled' || saysPending) && (s.pace !== 'hurried' || overlaps(s)),
    ),
  ]
}
