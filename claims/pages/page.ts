import type { Figure } from '../figures/figure.ts'
import { titleOf } from '../figures/title.ts'
import type { PrintedNumber } from '../printed-number.ts'
import type { CaseReport, ClaimReport } from '../report.ts'
import { cell, code, table } from './markdown.ts'
import { numbersOf } from './numbers.ts'
import { type Paper, sectionOf } from './papers.ts'

/** What a page of a paper is made of, all of it decided, counted and drawn before. */
export interface PageParts {
  readonly paper: Paper
  readonly claims: readonly ClaimReport[]
  readonly numbers: readonly PrintedNumber[]
  readonly figures: readonly Figure[]
  /** Where pictures are; null: they are named by the command that draws them. */
  readonly pictures: string | null
}

/** A paper, section by section: what it says, whether that is so, and how to see it again. */
export function pageOf({ paper, claims, numbers, figures, pictures }: PageParts): string {
  const own = claims.filter((claim) => claim.paper === paper.number)
  const count = (verdict: string): number => own.filter((claim) => claim.verdict === verdict).length
  const drawn = figures.filter((figure) => figure.paper === paper.number)
  const sectionLines = paper.sections.flatMap(([section, about]) => {
    const here = own.filter(({ where }) => sectionOf(paper, where) === section)
    const seen = drawn.filter(({ place }) => sectionOf(paper, place) === section)
    if (here.length + seen.length === 0) return []
    return [
      `## §${section}: ${about}`,
      '',
      ...seen.flatMap((figure) => figureLines(figure, pictures)),
      ...here.flatMap(claimLines),
    ]
  })
  const rest = own.filter(({ where }) => sectionOf(paper, where) === null)
  const across = claims.filter(({ id, where }) => id.startsWith('X') && where.includes(paper.number))
  return [
    `# ${paper.number}: ${paper.title}`,
    '',
    `Made by \`npm run papers\`. ${paper.about}`,
    '',
    `${own.length} claims: ${count('holds')} hold, ${count('conditional')} are conditional, ${count('fails')} fail. How a claim is decided: [claims/README.md](../../claims/README.md).`,
    '',
    ...sectionLines,
    ...(rest.length === 0 ? [] : ['## What it does not say', '', ...rest.flatMap(claimLines)]),
    ...(across.length === 0 ? [] : ['## Together with another paper', '', ...across.flatMap(claimLines)]),
    ...(numbers.some((one) => one.paper === paper.number)
      ? ['## Every number that it prints', '', ...numbersOf(numbers, paper.number)]
      : []),
  ].join('\n')
}

function figureLines(figure: Figure, pictures: string | null): string[] {
  const title = `**${figure.place}**: ${figure.title}.`
  switch (figure.kind) {
    case 'none':
      return [`${title} Not drawn. ${figure.because}`, '']
    case 'flow':
      return [
        `${title} Here ${figure.shows}.${figure.differs === undefined ? '' : ` ${figure.differs}`} ${code(figure.command)}`,
        '',
        ...picture(figure, pictures),
      ]
    case 'chart':
      return [`${title} ${code(`doublejump figures ${figure.id}`)}`, '', ...picture(figure, pictures)]
  }
}

const picture = (figure: Figure, pictures: string | null): string[] =>
  pictures === null
    ? []
    : [`![${cell(titleOf(figure))}](${pictures}/${figure.id}.svg)`, '', `[numbers](${pictures}/${figure.id}.csv)`, '']

function claimLines({ id, where, claim, verdict, why, otherwise, cases }: ClaimReport): string[] {
  return [
    `### ${id}: ${claim}`,
    '',
    `${where}. **${verdict}**: ${why}${otherwise === null ? '' : ` One could say '${otherwise.verdict}': ${otherwise.because}.`}`,
    '',
    ...table(['', 'case', 'what came out', 'again'], cases.map(caseRow)),
  ]
}

const caseRow = ({ so, given, found, command }: CaseReport): string[] => [
  so === null ? '?' : so ? '✓' : '✗',
  cell(given),
  cell(found),
  code(cell(command)),
]
