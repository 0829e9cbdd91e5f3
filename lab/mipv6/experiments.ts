import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { mipv6Mapping } from '../../conform/mipv6-mapping.ts'
import { bothMove, type Powers } from '../course.ts'
import { type Experiment, fieldsIn, type Stage } from '../experiment.ts'
import type { Bug } from './bugs.ts'
import { PORT } from './overlay.ts'
import type { Part } from './process.ts'

interface Setting {
  readonly title: string
  readonly variant: 'ro-rfc' | 'home-address'
  readonly bugs?: readonly Bug[]
}

const settings: Readonly<Record<string, Setting>> = {
  'mipv6-ro-rfc': { title: 'our own Mobile IPv6, signalling to home addresses; both move at once', variant: 'ro-rfc' },
  'mipv6-home-address': {
    title: 'the same, with home agents that keep control messages and send them again',
    variant: 'home-address',
  },
  'mipv6-bug': {
    title: "the same with a mistake: it signals to the peer's care-of address, as paper 004 draws it",
    variant: 'home-address',
    bugs: ['signals-to-care-of-address'],
  },
}

const UNTIL_SESSION = 5
const AFTER = 12

async function begin({ variant, bugs = [] }: Setting, { tell, start }: Stage): Promise<Powers> {
  const program = join(import.meta.dirname, 'process.js')
  const part = (is: Part['is'], end: Part['end']) =>
    start(
      is === 'home agent' ? 'router' : end,
      process.execPath,
      [program, JSON.stringify({ is, end, reForwards: variant === 'home-address', bugs } satisfies Part)],
      `${is} ${end}`.replace(' ', '-'),
    )
  const ends = ['a', 'b'] as const
  for (const end of ends) part('home agent', end)
  const nodes = ends.map((end) => part('mobile node', end))
  await pause(1500)
  for (const node of nodes) node.stdin!.write('attach 0\n')
  tell(`a and b register, and have ${UNTIL_SESSION} s for it.`)
  await pause(UNTIL_SESSION * 1000)
  return { moves: (host, { to }) => nodes[ends.indexOf(host)]!.stdin!.write(`attach ${to}\n`) }
}

/** When the last update of each end was accepted, after the moves. */
function fateOf(capture: string): string {
  const decoding = mipv6Mapping.capture.decodeAs?.flatMap((one) => ['-d', one]) ?? []
  const rows = fieldsIn(
    capture,
    ['frame.time_relative', 'mip6.mhtype', 'mip6.bu.h_flag', 'ipv6.src', 'ipv6.dst'],
    decoding,
  )
  const moved = (address: string): boolean => /^2001:db8:(2|18)::2$/.test(address)
  const first = rows.find(([, , , source]) => moved(source ?? ''))
  if (first === undefined) return 'Nobody said where they moved'
  const accepted = rows.filter(
    ([, type, , source, destination]) => type === '6' && moved(source ?? '') && moved(destination ?? ''),
  )
  const known = new Set(accepted.map(([, , , , destination]) => destination))
  if (known.size < 2) return `${known.size} of 2 ends know where the other went`
  const last = Math.max(...[...known].map((to) => Number(accepted.find((row) => row[4] === to)![0])))
  return `Both ends know where the other went ${(last - Number(first[0])).toFixed(1)} s after the first said so`
}

/** Our own Mobile IPv6 in network namespaces, by name. */
export const mipv6Experiments: Readonly<Record<string, Experiment>> = Object.fromEntries(
  Object.entries(settings).map(([name, setting]): [string, Experiment] => [
    name,
    {
      title: setting.title,
      variant: `mipv6/${setting.variant}`,
      needs: { tshark: 'tshark', ip: 'iproute2' },
      filter: `udp port ${PORT}`,
      course: bothMove(0),
      begin: (stage) => begin(setting, stage),
      atMost: AFTER,
      fateOf,
    },
  ]),
)
