import type { PrintedNumber } from '../printed-number.ts'
import { cell, code, table } from './markdown.ts'

const MARKS: Readonly<Record<PrintedNumber['is'], string>> = {
  right: '✓ right',
  wrong: '✗ **wrong**',
  given: 'given',
  measured: 'measured',
}

const HEAD = ['place', 'what', 'printed', 'computed', '', 'command'] as const

const row = ({ place, what, printed, computed, is, command }: PrintedNumber): string[] => [
  cell(place),
  cell(what),
  printed,
  computed ?? '',
  MARKS[is],
  command === null ? '' : code(cell(command)),
]

/** The numbers of one paper, as a table. */
export const numbersOf = (numbers: readonly PrintedNumber[], paper: string): string[] =>
  table(HEAD, numbers.filter((one) => one.paper === paper).map(row))

/**
 * The page of all printed numbers.
 *
 * @param points inner points of drawn curves: place, what, computed, command
 */
export function numbersPage(
  numbers: readonly PrintedNumber[],
  points: readonly (readonly [string, string, string, string])[],
): string {
  const count = (is: PrintedNumber['is']): number => numbers.filter((one) => one.is === is).length
  return [
    '# Every printed number of the five papers',
    '',
    `Made by \`npm run papers\`. ${numbers.length} rows: ${count('right')} come out as printed, ${count('wrong')} do not, ${count('given')} are set by the papers, ${count('measured')} were measured on real machines or cited.`,
    '',
    'A number is right if it comes out the same to as many decimals as are printed; one that is wrong is told to two more. Hops and bytes are counted in runs of the model, in which distances are an input; of a figure, the ends of its curves are the numbers. Paper 004 prints none.',
    '',
    ...['000', '001', '002', '003'].flatMap((paper) => [`## ${paper}`, '', ...numbersOf(numbers, paper)]),
    '## Inner points of drawn curves of 003',
    '',
    'Nothing is printed at them; they are here to be held against the drawing.',
    '',
    ...table(
      ['place', 'what', 'computed', 'command'],
      points.map(([place, what, computed, command]) => [place, cell(what), computed, code(command)]),
    ),
  ].join('\n')
}
