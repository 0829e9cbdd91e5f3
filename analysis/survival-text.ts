import { ATTACKER, type Cell, columns, legend, type Survival } from './survival.ts'
import { afterDoubleJump, type ProtocolSurvival } from './survival-summary.ts'

/** The table of what survives, as text: for a terminal, and for a page. */
const WORDS: Readonly<Record<Cell['says'], string>> = {
  yes: 'yes',
  'data only': 'data only',
  no: 'no',
  'not asked': '·',
  'not known': '?',
}

export interface SurvivalPaint {
  yes(text: string): string
  no(text: string): string
  faint(text: string): string
  strong(text: string): string
}

/** For a terminal. */
export function survivalText(rows: readonly Survival[], paint: SurvivalPaint): string {
  const heads = [...columns.map(({ head }) => head), ATTACKER]
  const names = rows.map(({ protocol, variant }) => `${protocol}/${variant}`)
  const width = Math.max(...names.map((name) => name.length)) + 2
  const painted = (cell: Cell, size: number): string => {
    const text = WORDS[cell.says].padEnd(size)
    return cell.says === 'yes' ? paint.yes(text) : cell.says === 'no' ? paint.no(text) : paint.faint(text)
  }
  return [
    paint.strong('Which mobility protocols survive a double jump'),
    paint.faint(`${''.padEnd(width)}${heads.map((head) => head.padEnd(head.length + 2)).join('')}by`),
    ...rows.map(
      ({ cells, by }, i) =>
        `${names[i]!.padEnd(width)}${cells.map((cell, k) => painted(cell, heads[k]!.length + 2)).join('')}${by.join(', ')}`,
    ),
    paint.faint(
      'yes: data flow both ways again and the session lives   data only: they do, but some end stays wrong   ·: not asked',
    ),
    ...legend.map(({ head, means }) => paint.faint(`${head}: ${means}`)),
    '',
  ].join('\n')
}

/**
 * For a page.
 *
 * @param link where the ladder of a cell is
 * @param leansOn what a row's survival leans on; without it there is no such column
 */
export function survivalMarkdown(
  rows: readonly Survival[],
  link: (row: Survival, cell: Cell) => string | null,
  leansOn?: (row: Survival) => string,
): string {
  const heads = ['variant', ...columns.map(({ head }) => head), ATTACKER, 'survives by']
  const last = leansOn === undefined ? '' : ' leans on |'
  const say = (row: Survival, cell: Cell): string => linked(cell, link(row, cell))
  return [
    `| ${heads.join(' | ')} |${last}`,
    `|---|${heads
      .slice(1, -1)
      .map(() => ':-:')
      .join('|')}|---|${last === '' ? '' : '---|'}`,
    ...rows.map(
      (row) =>
        `| \`${row.protocol}/${row.variant}\` | ${row.cells.map((cell) => say(row, cell)).join(' | ')} | ${row.by.join(', ')} |${leansOn === undefined ? '' : ` ${leansOn(row)} |`}`,
    ),
    '',
  ].join('\n')
}

/** A row a protocol: the unpatched variant after the double jump, and its best repair under all that was asked. */
export function summaryMarkdown(
  protocols: readonly ProtocolSurvival[],
  link: (row: Survival, cell: Cell) => string | null,
): string {
  const repairHeads = columns.map(({ head }) => head).filter((head) => head !== 'one moves')
  const heads = ['protocol, unpatched', 'both move', 'its best repair', ...repairHeads, 'survives by']
  const lines = protocols.map(({ unpatched, best }) => {
    const row = best ?? unpatched
    const cells = columns.flatMap(({ head }, i) =>
      head === 'one moves' ? [] : [linked(row.cells[i]!, link(row, row.cells[i]!))],
    )
    const jump = afterDoubleJump(unpatched)
    return [
      `\`${unpatched.protocol}/${unpatched.variant}\``,
      linked(jump, link(unpatched, jump)),
      best === null ? (jump.says === 'yes' ? 'needs none' : 'none known') : `\`${best.variant}\``,
      ...cells,
      row.by.join(', '),
    ]
  })
  const rule = heads.map((_, i) => (i === 0 || i === 2 || i === heads.length - 1 ? '---' : ':-:'))
  return [heads, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}

const SIGNS: Readonly<Record<Cell['says'], string>> = { ...WORDS, yes: '✓', no: '✗' }

const linked = (cell: Cell, to: string | null): string =>
  to === null ? SIGNS[cell.says] : `[${SIGNS[cell.says]}](${to})`
