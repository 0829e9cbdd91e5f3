import { flightsOf, nameOf, type Story } from './story.ts'

/**
 * The whole counterexample in one sentence: who moves how often, what the network does, what went to dead addresses, and what
 * is wrong in the end.
 */
export function sentence(story: Story): string {
  return `${[moves(story), faults(story)].join(' and ')}: ${[dead(story), `${story.reason}${forEver(story)}`]
    .filter((part) => part !== '')
    .join('; ')}.`
}

/** How many moves and faults a story spends. */
export function costs(story: Story): { moves: number; faults: number; messages: number } {
  return story.steps.reduce(
    (sum, step) => ({
      moves: sum.moves + (step.moves ?? 0),
      faults: sum.faults + (step.faults ?? 0),
      messages: sum.messages + (step.sent?.length ?? 0),
    }),
    { moves: 0, faults: 0, messages: 0 },
  )
}

const TIMES = ['never', 'once', 'twice', 'three times', 'four times', 'five times']
const times = (n: number): string => TIMES[n] ?? `${n} times`

function moves(story: Story): string {
  const counts = new Map<string, number>()
  for (const step of story.steps) {
    if (step.moves !== undefined && step.actor !== undefined) {
      counts.set(step.actor, (counts.get(step.actor) ?? 0) + step.moves)
    }
  }
  if (counts.size === 0) return 'Nobody moves'
  const hosts = [...counts.entries()].sort(([a], [b]) => (a < b ? -1 : 1))
  const [first] = hosts
  const same = hosts.every(([, n]) => n === first![1])
  if (hosts.length > 1 && same) return `${hosts.map(([host]) => host).join(' and ')} each move ${times(first![1])}`
  return hosts.map(([host, n]) => `${host} moves ${times(n)}`).join(', ')
}

function faults(story: Story): string {
  const lost = story.steps.filter((step) => step.kind === 'fault').length
  const twice = story.steps.filter((step) => step.kind === 'duplicate').length
  const crashes = story.steps.filter((step) => step.kind === 'crash').map((step) => step.text)
  const said = [
    lost === 0 ? 'the network loses nothing' : `the network loses ${lost === 1 ? 'one packet' : `${lost} packets`}`,
    ...(twice === 0 ? [] : [`delivers ${times(twice)} twice`]),
    ...crashes,
  ]
  return said.join(', ')
}

function dead(story: Story): string {
  const names = [...flightsOf(story).values()]
    .filter((flight) => flight.lostBecause !== null && story.steps[flight.endedAt]?.kind === 'lost')
    .map(({ packet, from }) => `${nameOf(packet)}${from === null ? '' : ` from ${from}`} to ${packet.destination}`)
  const distinct = [...new Set(names)]
  if (distinct.length === 0) return ''
  const shown = distinct.slice(0, 4)
  const more = distinct.length - shown.length
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''} ${distinct.length === 1 ? 'goes' : 'go'} to ${
    distinct.length === 1 ? 'an address that is' : 'addresses that are'
  } no longer held`
}

function forEver(story: Story): string {
  return story.loopStart === null ? '' : ', for ever'
}
