import type { Account, DataCost, Sum } from '../claims/costs/account.ts'
import type { CostsGiven } from '../claims/costs/given.ts'

const number = (value: number): string => value.toLocaleString('en')
const orUnknown = (value: number | null): string => (value === null ? '?' : number(value))

/** Columns as wide as what they hold; all but the first `words` are numbers, and stand to the right. */
function columns(words: number, rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)))
  return rows.map((row) =>
    `  ${row.map((cell, i) => (i < words ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ')}`.trimEnd(),
  )
}

/** Messages, nodes, data and session of each variant. */
export const costsText = (accounts: readonly Account[], given: CostsGiven): string =>
  accounts.map((account) => textOf(account, given)).join('\n')

function textOf(
  { target, messages, nodes, data, handoff, refreshes, session, source }: Account,
  given: CostsGiven,
): string {
  const hasSession = given.handoffs > 1 || refreshes.length > 0
  return [
    `${target}: one host moves, nothing is lost, and all is said`,
    ...columns(3, [
      ['message', 'from', 'to', 'hops', 'bytes'],
      ...messages.map(({ name, from, to, hops, bytes }) => [name, from, to, number(hops), orUnknown(bytes)]),
    ]),
    `  in all: ${inWords(handoff)}`,
    '',
    ...columns(1, [
      ['node', 'sends', 'gets', 'bytes sent', 'values kept', 'after it'],
      ...nodes.map(({ name, sent, received, bytesSent, kept }) => [
        name,
        number(sent),
        number(received),
        orUnknown(bytesSent),
        ...kept.map(number),
      ]),
    ]),
    '',
    ...data.map(dataLine),
    ...(hasSession
      ? [
          '',
          ...refreshes.map(
            ({ one, other, seconds, times, each }) =>
              `  refreshed each ${seconds} s, ${number(times)} times: what ${one} and ${other} say, ${inWords(each)}`,
          ),
          `  session of ${number(given.handoffs)} ${given.handoffs === 1 ? 'handoff' : 'handoffs'}, each as this one, ${number(given.seconds)} s: ${inWords(session)}`,
        ]
      : []),
    '',
    `Bytes: ${source === null ? 'not known: neither is it written on the wire here, nor does its format say how long its messages are' : `of IP packets, by ${source}`}.`,
    'Values kept: numbers, words and truths in the state of the model, before the move and after all is said.',
    '',
  ].join('\n')
}

const inWords = ({ messages, hops, bytes, bytesOnLinks }: Sum): string =>
  `${number(messages)} ${messages === 1 ? 'message' : 'messages'}, ${number(hops)} hops, ${bytes === null ? 'bytes not known' : `${number(bytes)} bytes, ${number(bytesOnLinks!)} on all links`}`

function dataLine({ from, to, by, hops, tunnels, headersOnLinks, headerBytesOnLinks }: DataCost): string {
  if (by === null) return `  data from ${from} to ${to}: do not arrive, or are not asked`
  const way = by.length === 0 ? 'directly' : `by ${by.join(', ')}`
  return `  data from ${from} to ${to}: ${way}, ${number(hops!)} hops, ${number(tunnels!)} headers around them at most: ${number(headersOnLinks!)} on all links, ${number(headerBytesOnLinks!)} bytes a packet`
}

/** A line a message. */
export const costsCsv = (accounts: readonly Account[]): string =>
  [
    'variant,message,from,to,hops,bytes',
    ...accounts.flatMap(({ target, messages }) =>
      messages.map(({ name, from, to, hops, bytes }) => `${target},"${name}",${from},${to},${hops},${bytes ?? ''}`),
    ),
    '',
  ].join('\n')
