import type { Bounds } from '../analysis/timing/bounds.ts'
import { Grid } from '../analysis/timing/grid.ts'
import { conjunction, type Linear } from '../analysis/timing/linear.ts'
import { ladder, noPaint, sentence } from '../counterexamples/index.ts'

const where = ({ parameters }: Bounds, forms: readonly Linear[]): string =>
  conjunction(
    forms,
    parameters.map(({ name }) => name),
  )

/** `doublejump bounds` for a reader. */
export function boundsText(found: Bounds): string {
  const { target, scenario, property, parameters, regions, summary, shows, verdicts, searches, complete, assumptions } =
    found
  const count = (wanted: boolean | null): number => verdicts.filter((verdict) => verdict === wanted).length
  const other = shows === 'fails' ? 'holds' : 'fails'
  const first = regions[0]
  return [
    `${target} · ${scenario}, timed · ${property}`,
    ...parameters.map(
      ({ name, from, to, step }) => `  ${name} from ${from} to ${to} ms${step === 1 ? '' : `, ${step} apart`}`,
    ),
    '',
    ...(regions.length === 0
      ? [
          count(shows === 'fails') === 0
            ? 'No point was decided.'
            : `It ${other} at every point${complete ? '' : ' that was decided'}.`,
        ]
      : [
          ...(summary.some((forms) => forms.length === 0)
            ? [`It ${shows} everywhere.`]
            : [
                `It ${shows} where`,
                ...summary.map((forms, i) => `  ${i === 0 ? '' : 'or '}${where(found, forms)}`),
                `and ${other} at all other points${complete ? '' : ' that were decided'}. At equality it ${shows}: of two things that are due at the same instant, any comes first.`,
                ...(parameters.every(({ step }) => step === 1)
                  ? []
                  : ['Between values that were looked at nothing is said: smaller steps say more.']),
              ]),
          '',
          'A run for each part of that:',
          ...regions.flatMap(({ forms, story }) => [`  ${where(found, forms)}`, `      ${sentence(story)}`]),
        ]),
    '',
    `${verdicts.length} points: it holds at ${count(true)}, fails at ${count(false)}${count(null) === 0 ? '' : `, is not known at ${count(null)}`}; ${searches} searches.${complete ? '' : ' INCOMPLETE: not every point was decided.'}`,
    ...table(found),
    '',
    `Assumed: ${assumptions.join(' · ')}`,
    '',
    ...(first === undefined ? [] : [ladder(first.story, noPaint)]),
  ].join('\n')
}

const MOST_COLUMNS = 100
const SIGN = (verdict: boolean | null): string => (verdict === null ? '?' : verdict ? '+' : '·')

/** One line a value of the first of two parameters; of one, a line. */
function table({ parameters, verdicts }: Bounds): string[] {
  const [first, second, ...more] = parameters
  if (more.length > 0) return []
  const across = second ?? first!
  const columns = Math.floor((across.to - across.from) / across.step) + 1
  if (columns > MOST_COLUMNS) return []
  const rows = Array.from({ length: verdicts.length / columns }, (_, row) =>
    verdicts
      .slice(row * columns, (row + 1) * columns)
      .map(SIGN)
      .join(''),
  )
  const labels = rows.map((_, row) => (second === undefined ? '' : String(first!.from + row * first!.step)))
  const width = Math.max(...labels.map((label) => label.length))
  return [
    '',
    `  + holds, · fails; ${across.name} from left to right${second === undefined ? '' : `, ${first!.name} downwards`}`,
    ...rows.map((row, i) => `  ${labels[i]!.padStart(width)} ${row}`),
  ]
}

/** One JSON document. */
export function boundsJson(found: Bounds): string {
  const {
    target,
    scenario,
    property,
    parameters,
    given,
    assumptions,
    regions,
    summary,
    shows,
    verdicts,
    searches,
    complete,
  } = found
  const names = parameters.map(({ name }) => name)
  const points: object[] = []
  const grid = new Grid(parameters)
  grid.each(grid.all, (i, point) => {
    points.push({ at: Object.fromEntries(names.map((name, k) => [name, point[k]!])), holds: verdicts[i] })
  })
  const document = {
    version: 1,
    variant: target,
    scenario,
    property,
    parameters: Object.fromEntries(parameters.map(({ name, from, to, step }) => [name, { from, to, step }])),
    given,
    assumptions,
    ties: `at equality it ${shows}`,
    points,
    summary: summary.map((forms) => where(found, forms)),
    inequalities: regions.map(({ forms, story }) => ({
      text: where(found, forms),
      [shows]: 'where all of these are at most 0',
      coefficients: forms.map(({ constant, coefficients }) => ({
        constant,
        ...Object.fromEntries(names.map((name, k) => [name, coefficients[k]!])),
      })),
      run: story,
    })),
    searches,
    complete,
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
