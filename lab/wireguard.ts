import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ENDS, type End, other } from '../spec/roaming.ts'
import { bothMove, type Course, lastStops, moves, type Powers, pings, says, translates } from './course.ts'
import { type Experiment, fieldsIn, named, type Stage } from './experiment.ts'
import { ADDRESSES } from './network.ts'
import { translate } from './translator.ts'

const PORT = 51820
const INNER = { a: '192.168.77.1', b: '192.168.77.2' } as const
const SINK = 7000
/** After 10 s without anything to send, data are answered by a keepalive (whitepaper §6.5). */
const UNTIL_SESSION = 12
/** 15 s without an answer to data, then an initiation every 5 s (whitepaper §6.1, §6.5). */
const AFTER = 38

/** A tunnel, and what happens to it. */
export interface Tunnel {
  readonly title: string
  readonly variant: string
  readonly course: Course
  /** Seconds between the persistent keepalives of each end that has them. */
  readonly keepalives?: Partial<Record<End, number>>
  /** Whether a host keeps the addresses of its interfaces that are down; else they are taken away, as DHCP would. */
  readonly keepsAddresses?: true
  /** Packets of a leave its network with this port. */
  readonly translated?: number
}

/** wireguard-go in each host; each says something once, and nobody answers it. */
async function begin(tunnel: Tunnel, { network, folder, start, tell }: Stage): Promise<Powers> {
  const { keepalives = {}, keepsAddresses = false, translated } = tunnel
  if (translated !== undefined) translate(network, PORT, translated)
  const wg = (...args: string[]): string => spawnSync('wg', args, { encoding: 'utf8' }).stdout.trim()
  const keys = Object.fromEntries(
    ENDS.map((end) => {
      const path = join(folder, `${end}.key`)
      writeFileSync(path, wg('genkey'), { mode: 0o600 })
      return [
        end,
        { path, public: spawnSync('wg', ['pubkey'], { input: readFileSync(path), encoding: 'utf8' }).stdout.trim() },
      ]
    }),
  )
  for (const end of ENDS) start(end, 'wireguard-go', ['-f', deviceOf(end)], `wireguard-${end}`)
  await pause(1500)
  const inside = (end: End, ...args: string[]): void => {
    spawnSync('ip', ['netns', 'exec', network.space(end), ...args])
  }
  for (const end of ENDS) {
    const peer = end === 'a' ? 'b' : 'a'
    const device = deviceOf(end)
    inside(end, 'wg', 'set', device, 'listen-port', `${PORT}`, 'private-key', keys[end]!.path)
    // Where a is translated, b learns where it is.
    const endpoint = peer === 'a' && translated !== undefined ? [] : ['endpoint', `${ADDRESSES[peer][0]}:${PORT}`]
    const keepalive = keepalives[end] === undefined ? [] : ['persistent-keepalive', `${keepalives[end]}`]
    const networks = ['allowed-ips', '192.168.77.0/24']
    inside(end, 'wg', 'set', device, 'peer', keys[peer]!.public, ...endpoint, ...networks, ...keepalive)
    inside(end, 'ip', 'addr', 'add', `${INNER[end]}/24`, 'dev', device)
    inside(end, 'ip', 'link', 'set', device, 'up')
    // Somebody takes the datagrams, so that no ICMP error goes back through the tunnel.
    start(end, process.execPath, ['-e', `require('dgram').createSocket('udp4').bind(${SINK})`], `sink-${end}`)
  }
  await pause(1000)
  const say = (end: End): void => inside(end, 'bash', '-c', `echo moved > /dev/udp/${INNER[other(end)]}/${SINK}`)
  for (const end of ENDS) {
    say(end)
    await pause(500)
  }
  tell(`a and b have a tunnel, and ${UNTIL_SESSION} s for it.`)
  await pause(UNTIL_SESSION * 1000)
  return {
    // wireguard-go keeps to the source address that it had, as long as there is one.
    moves: (end) => {
      if (!keepsAddresses) network.forget(end)
    },
    'says something': say,
    pings: (end) => {
      start(end, 'ping', ['-c', '3', '-i', '0.2', '-W', '1', INNER[other(end)]], `ping-${end}-${Date.now()}`)
    },
    'is translated': (_, { port }) => translate(network, PORT, port),
  }
}

/** Whether anybody was answered after the moves. */
function fateOf(capture: string): string {
  const rows = fieldsIn(capture, ['frame.time_relative', 'wg.type', 'ip.src', 'ip.dst'], ['-Y', 'wg'])
  const second: readonly string[] = ENDS.flatMap((end) => ADDRESSES[end].slice(1))
  const later = rows.filter(([, , source]) => second.includes(source ?? ''))
  if (later.length === 0) return 'Nobody said anything after moving'
  const answered = rows.some(([, , , destination]) => second.includes(destination ?? ''))
  if (answered) return 'The tunnel survived'
  const initiations = later.filter(([, type]) => type === '1').length
  return `The tunnel was lost: nothing ever came to a new address, and ${initiations} initiations went to old ones`
}

/** Its control socket is in a folder that all namespaces share. */
const deviceOf = (end: End): string => `dj${process.pid}${end}`

/** Whether data have come from where one host is at last to where the other is, and back. */
function isSettled(capture: string, course: Course, since: number): boolean {
  const stops = lastStops(course)
  const rows = fieldsIn(capture, ['wg.type', 'ip.src', 'ip.dst'], ['-Y', `wg and frame.time_epoch > ${since}`])
  return ENDS.every((end) => {
    const [from, to] = [ADDRESSES[end][stops[end]], ADDRESSES[other(end)][stops[other(end)]]]
    return rows.some(([type, source, destination]) => type === '4' && source === from && destination === to)
  })
}

const BOTH = { a: 5, b: 5 }
const tunnels: Readonly<Record<string, Tunnel>> = {
  wireguard: {
    title: 'two wireguard-go; both move at once',
    variant: 'wireguard/roaming',
    course: [...bothMove(0), says(0, 'a'), says(0, 'b')],
  },
  'wireguard-one-move': {
    title: 'two wireguard-go; a moves',
    variant: 'wireguard/roaming',
    course: [moves(0, 'a'), says(0, 'a')],
  },
  'wireguard-responder-moves': {
    title: 'two wireguard-go; b, which answered the handshake, moves',
    variant: 'wireguard/roaming',
    course: [moves(0, 'b'), says(0, 'b')],
  },
  'wireguard-mover-silent': {
    title: 'two wireguard-go; b moves and says nothing, and a pings where it was',
    variant: 'wireguard/roaming',
    course: [moves(0, 'b'), pings(2, 'a')],
  },
  'wireguard-returns': {
    title: 'two wireguard-go with persistent keepalives; both move, and a is back after 10 s',
    variant: 'wireguard/persistent-keepalive',
    keepalives: BOTH,
    course: [...bothMove(0), moves(10, 'a', 0), pings(18, 'a'), pings(20, 'b')],
  },
  'wireguard-quick-second-move': {
    title: 'two wireguard-go with persistent keepalives; a moves again before anybody has heard of its first move',
    variant: 'wireguard/persistent-keepalive',
    keepalives: BOTH,
    course: [moves(0, 'a'), moves(1, 'a', 2), pings(10, 'b'), pings(12, 'a')],
  },
  'wireguard-quick-return': {
    title: 'two wireguard-go with persistent keepalives; both move, and both are back within 2 s',
    variant: 'wireguard/persistent-keepalive',
    keepalives: BOTH,
    course: [...bothMove(0), moves(2, 'a', 0), moves(2, 'b', 0), pings(10, 'a'), pings(12, 'b')],
  },
  'wireguard-three-networks': {
    title: 'two wireguard-go with persistent keepalives; both move on twice, a while apart',
    variant: 'wireguard/persistent-keepalive',
    keepalives: BOTH,
    course: [
      moves(0, 'a'),
      pings(8, 'a'),
      moves(10, 'b'),
      pings(18, 'b'),
      moves(20, 'a', 2),
      moves(30, 'b', 2),
      pings(38, 'a'),
    ],
  },
  'wireguard-one-keepalive': {
    title:
      'two wireguard-go, of which b alone has a persistent keepalive; it moves, its address is kept, pings both ways',
    variant: 'wireguard/one-keepalive',
    keepalives: { b: 5 },
    keepsAddresses: true,
    course: [pings(0, 'a'), moves(2, 'b'), pings(10, 'b'), pings(12, 'a')],
  },
  'wireguard-one-keepalive-other-moves': {
    title: 'two wireguard-go, of which b alone has a persistent keepalive; a moves, and says something a while later',
    variant: 'wireguard/one-keepalive',
    keepalives: { b: 5 },
    keepsAddresses: true,
    course: [moves(0, 'a'), pings(20, 'a'), pings(24, 'b')],
  },
  'wireguard-addresses-kept': {
    title: 'two wireguard-go without keepalives whose old addresses are kept; both move, and a is back after 20 s',
    variant: 'wireguard/roaming',
    keepsAddresses: true,
    course: [...bothMove(0), pings(3, 'a'), pings(5, 'b'), moves(20, 'a', 0), pings(25, 'b'), pings(27, 'a')],
  },
  'wireguard-translated': {
    title: 'two wireguard-go with persistent keepalives, a behind a translator whose port changes while b moves',
    variant: 'wireguard/persistent-keepalive',
    keepalives: BOTH,
    translated: 41000,
    course: [translates(0, 42000), moves(0, 'b'), pings(8, 'a'), pings(10, 'b'), moves(20, 'b', 0), pings(28, 'a')],
  },
}

/** Two wireguard-go. */
export function wireGuardExperiment(tunnel: Tunnel): Experiment {
  return {
    title: tunnel.title,
    variant: tunnel.variant,
    needs: {
      'wireguard-go': 'wireguard-go',
      wg: 'wireguard-tools',
      ping: 'iputils-ping',
      tshark: 'tshark',
      ip: 'iproute2',
      ...(tunnel.translated === undefined ? {} : { nft: 'nftables', conntrack: 'conntrack' }),
    },
    filter: `udp port ${PORT}`,
    course: tunnel.course,
    begin: (stage) => begin(tunnel, stage),
    atMost: AFTER,
    isSettled,
    fateOf,
  }
}

/** wireguard-go, by name. */
export const wireGuardExperiments: Readonly<Record<string, Experiment>> = named(tunnels, wireGuardExperiment)
