import type { TimedRow } from './timed-file.ts'
import { type Reason, reasonFor } from './timed-reasons.ts'

/** A verdict that does not stand with a clock. */
export interface Difference {
  readonly target: string
  readonly property: string
  readonly without: string
  readonly withClock: string
}

export const differences = (rows: readonly TimedRow[]): Difference[] =>
  rows.flatMap(({ target, verdicts }) =>
    Object.entries(verdicts)
      .filter(([, [without, withClock]]) => without !== withClock && withClock !== INCOMPLETE)
      .map(([property, [without, withClock]]) => ({ target, property, without, withClock })),
  )

const INCOMPLETE = 'incomplete'

/** `docs/timed.md`. @param states the most of a search */
export function timedText(rows: readonly TimedRow[], reasons: readonly Reason[], states: number): string {
  const differing = differences(rows)
  const verdicts = rows.flatMap((row) => Object.values(row.verdicts))
  const open = rows.filter((row) => Object.values(row.verdicts).some(([, withClock]) => withClock === INCOMPLETE))
  const notKnown = verdicts.filter(([, withClock]) => withClock === INCOMPLETE).length
  const protocolOf = (target: string): string => target.slice(0, target.indexOf('/'))
  const protocols = [...new Set(rows.map(({ target }) => protocolOf(target)))]
  const stand = protocols.filter((one) => !differing.some(({ target }) => protocolOf(target) === one))
  return [
    '# Which verdicts stand with a clock',
    '',
    "Made by `npm run timed`. The double jump (`both-move`) of every variant: what is said of it without a clock, and what comes out with the standard's timers, where each packet takes 25 ms one way and each handoff 20–1,700 ms (`doublejump check <variant> --scenario both-move --given d=25`).",
    '',
    `${number(verdicts.length)} verdicts of ${rows.length} variants: ${number(verdicts.length - differing.length - notKnown)} stand, ${differing.length} come out otherwise, ${notKnown} are not known (not complete at ${number(states)} states${open.length === 0 ? '' : `: ${open.map(({ target }) => `\`${target}\``).join(', ')}`}).`,
    '',
    `Nothing comes out otherwise for ${stand.map((one) => `\`${one}\``).join(', ')}.`,
    '',
    ...protocols
      .filter((one) => !stand.includes(one))
      .flatMap((protocol) => [
        `## ${protocol}`,
        '',
        '| variant | property | without | with | why |',
        '| --- | --- | --- | --- | --- |',
        ...lines(
          differing.filter(({ target }) => protocolOf(target) === protocol),
          reasons,
        ),
        '',
      ]),
  ].join('\n')
}

/** One for all properties of a variant that differ alike, for the same reason. */
function lines(differing: readonly Difference[], reasons: readonly Reason[]): string[] {
  const alike = new Map<string, string[]>()
  for (const one of differing) {
    const rest = `${one.without} | ${one.withClock} | ${reasonFor(one, reasons)?.because ?? '?'} |`
    const key = `| \`${one.target}\` | PROPERTIES | ${rest}`
    alike.set(key, [...(alike.get(key) ?? []), one.property])
  }
  return [...alike].map(([key, properties]) => key.replace('PROPERTIES', properties.join(', ')))
}

const number = (n: number): string => n.toLocaleString('en-US')
