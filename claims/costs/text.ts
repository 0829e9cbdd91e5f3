import { table } from '../pages/markdown.ts'
import type { Cost } from './cost.ts'

/** What is measured with a clock, in words: '25 ms', 'for ever', '?'. */
export interface Timed {
  readonly target: string
  /** How long data may not flow when one host moves. */
  readonly disruption: string
  /** How long it may take after the last move of both until data flow for good. */
  readonly repair: string
}

/** A row of the page of costs. */
export interface CostsRow {
  readonly cost: Cost
  readonly timed: Timed
  /** Data flow both ways again after a double jump, without a clock. */
  readonly survives: boolean
}

/** The cells that are counted: what a test holds up to date. */
export const counted = ({ messages, hops, hopsFarHome, bytes, data }: Cost): string[] => [
  String(messages),
  String(hops),
  String(hopsFarHome),
  bytes === null ? '·' : String(bytes),
  data === null ? '·' : `${data.by}, ${data.tunnels}`,
]

/** The page of costs, a row a variant. */
export const costsPage = (rows: readonly CostsRow[], leftOut: readonly string[]): string =>
  [
    '# What a handoff costs',
    '',
    'Made by `npm run costs`, of every variant in which one host moves: [survival.md](survival.md) says what each is. `doublejump costs <variant>` tells one in full, with distances of your own.',
    '',
    '*messages*, *hops*, *bytes*: of the shortest run in which one host moves, nothing is lost, and all is said. Hops: every two nodes 5 apart; then with what is at home 15 away and agents in the network of a host 1. Bytes: of IP packets, where the protocol is written on the wire here or its format says how long they are (`doublejump costs`; ·: neither). *data*: nodes that they pass from the host that moved to its peer, and headers around them at most.',
    '',
    '*disruption*: how long data may not flow both ways when one host moves; *worst repair*: how long it may take, after the last move of both, until they do for good. With a clock: 25 ms a way, hosts that are nowhere for 500 ms, timers as their standards have them (`doublejump durations`). ?: too large to search. A host that keeps its old address for an overlap is nowhere for no time. *survives*: data flow both ways again after a double jump, without a clock; where a clock says otherwise, [timed.md](timed.md) says why.',
    '',
    ...table(
      ['variant', 'messages', 'hops', 'hops, home far', 'bytes', 'data', 'disruption', 'worst repair', 'survives'],
      rows.map(({ cost, timed, survives }) => [
        `\`${cost.target}\``,
        ...counted(cost),
        timed.disruption,
        timed.repair,
        survives ? '✓' : '✗',
      ]),
    ),
    ...leftOut.flatMap((target) => [
      `\`${target}\` is left out: it has no run in which one host moves, all is said, and every binding and registration is right.`,
      '',
    ]),
  ].join('\n')
