import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ENDS, type End, other } from '../spec/roaming.ts'
import { bothMove, type Course, lastStops, moves, type Powers, pings } from './course.ts'
import { type Experiment, fieldsIn, named, type Stage } from './experiment.ts'
import { ADDRESSES } from './network.ts'

const CHARON = '/usr/lib/ipsec/charon'
const UNTIL_SESSION = 3
/** strongSwan tries a path ten times, 2.5 s apart. */
const AFTER = 32

/** An IKE SA, and what happens to it. */
export interface Tunnel {
  readonly title: string
  readonly variant: string
  readonly course: Course
  /** Whether a host keeps the addresses of its interfaces that are down; else they are taken away, as DHCP would. */
  readonly keepsAddresses?: true
  /** Whether the ends do without MOBIKE. */
  readonly withoutMobike?: true
  /** Seconds without a word after which an end asks whether the other is there (RFC 7296 §2.4). */
  readonly liveness?: number
}

/** Two strongSwan with an IKE SA between them, whose data they carry themselves. */
async function begin(tunnel: Tunnel, { network, folder, start, tell }: Stage): Promise<Powers> {
  for (const end of ENDS) {
    writeFileSync(join(folder, `${end}.conf`), charonConfig(folder, end))
    writeFileSync(join(folder, `${end}.swanctl`), connection(end, tunnel))
    // charon keeps its process number in /run, which namespaces of the network share.
    const command = `mount -t tmpfs tmpfs /run && STRONGSWAN_CONF=${join(folder, `${end}.conf`)} exec ${CHARON}`
    start(end, 'unshare', ['-m', 'sh', '-c', command], `charon-${end}`)
  }
  await pause(2500)
  const swanctl = (end: End, ...args: string[]): void => {
    spawnSync('swanctl', [...args, '--uri', socketOf(folder, end)])
  }
  for (const end of ENDS) spawnSync('ip', ['-n', network.space(end), 'addr', 'add', `${INNER[end]}/32`, 'dev', 'lo'])
  for (const end of ENDS) swanctl(end, '--load-all', '--file', join(folder, `${end}.swanctl`))
  swanctl('a', '--initiate', '--child', 'net', '--timeout', '10')
  tell(`a and b have an IKE SA, and ${UNTIL_SESSION} s for it.`)
  await pause(UNTIL_SESSION * 1000)
  return {
    moves: (end) => {
      if (tunnel.keepsAddresses !== true) network.forget(end)
    },
    pings: (end) => {
      const way = ['-I', INNER[end], INNER[other(end)]]
      start(end, 'ping', ['-c', '3', '-i', '0.2', '-W', '1', ...way], `ping-${end}-${Date.now()}`)
    },
  }
}

const socketOf = (folder: string, end: End): string => `unix://${join(folder, `${end}.vici`)}`

const charonConfig = (folder: string, end: End): string => `charon {
  load = random nonce aes sha1 sha2 hmac kdf curve25519 openssl pem kernel-libipsec kernel-netlink socket-default vici
  plugins {
    vici {
      socket = ${socketOf(folder, end)}
    }
  }
  filelog {
    stderr {
      default = 1
    }
  }
}
`

const INNER = { a: '192.168.78.1', b: '192.168.78.2' } as const

function connection(end: End, { withoutMobike, liveness }: Tunnel): string {
  const peer = other(end)
  return `connections {
  ab {
    version = 2
    local_addrs = %any
    remote_addrs = ${ADDRESSES[peer][0]}
    mobike = ${withoutMobike === true ? 'no' : 'yes'}
${liveness === undefined ? '' : `    dpd_delay = ${liveness}\n`}    encap = yes
    proposals = aes128-sha256-curve25519
    local {
      auth = psk
      id = ${end}
    }
    remote {
      auth = psk
      id = ${peer}
    }
    children {
      net {
        local_ts = ${INNER[end]}/32
        remote_ts = ${INNER[peer]}/32
        esp_proposals = aes128-sha256
      }
    }
  }
}
secrets {
  ike-ab {
    id-1 = a
    id-2 = b
    secret = "double jump"
  }
}
`
}

/** Whether anybody was answered after the moves. */
function fateOf(capture: string): string {
  const rows = fieldsIn(capture, ['frame.time_relative', 'isakmp.flags', 'ip.src', 'ip.dst'], ['-Y', 'isakmp'])
  const second: readonly string[] = ENDS.flatMap((end) => ADDRESSES[end].slice(1))
  const later = rows.filter(([, , source]) => second.includes(source ?? ''))
  if (later.length === 0) return 'Nobody said where they moved'
  if (rows.some(([, , , destination]) => second.includes(destination ?? ''))) return 'The IKE SA moved'
  const seconds = Number(later.at(-1)![0]) - Number(later[0]![0])
  return `The IKE SA was lost: nothing ever came to a new address, and after ${seconds.toFixed(1)} s neither end tried any more`
}

/** Whether an exchange has gone from where one host is at last to where the other is, and back, and nothing follows for a while. */
function isSettled(capture: string, course: Course, since: number): boolean {
  const stops = lastStops(course)
  const at = { a: ADDRESSES.a[stops.a], b: ADDRESSES.b[stops.b] }
  const rows = fieldsIn(
    capture,
    ['isakmp.messageid', 'ip.src', 'ip.dst'],
    ['-Y', `isakmp and frame.time_epoch > ${since}`],
  )
  return ENDS.every((end) =>
    rows.some(([id, source, destination]) => Number(id) > 1 && source === at[end] && destination === at[other(end)]),
  )
}

const tunnels: Readonly<Record<string, Tunnel>> = {
  mobike: {
    title: 'two strongSwan with MOBIKE; both move at once',
    variant: 'mobike/single-homed',
    course: bothMove(0),
  },
  'mobike-one-move': {
    title: 'two strongSwan with MOBIKE; a, the initiator, moves',
    variant: 'mobike/single-homed',
    course: [moves(0, 'a')],
  },
  'mobike-responder-moves': {
    title: 'two strongSwan with MOBIKE; b, the responder, moves, with data both ways',
    variant: 'mobike/silent-initiator',
    course: [pings(0, 'a'), moves(2, 'b'), pings(10, 'a'), pings(14, 'b')],
  },
  'mobike-returns': {
    title: 'two strongSwan with MOBIKE; both move, and a is back after 10 s',
    variant: 'mobike/silent-initiator',
    course: [...bothMove(0), pings(6, 'a'), moves(10, 'a', 0), pings(20, 'a'), pings(24, 'b')],
  },
  'mobike-responder-returns': {
    title: 'two strongSwan with MOBIKE; both move, and b is back after 10 s',
    variant: 'mobike/silent-initiator',
    keepsAddresses: true,
    course: [...bothMove(0), pings(6, 'b'), moves(10, 'b', 0), pings(20, 'a'), pings(24, 'b')],
  },
  'mobike-quick-second-move': {
    title: 'two strongSwan with MOBIKE; a moves again before anybody has heard of its first move',
    variant: 'mobike/silent-initiator',
    course: [moves(0, 'a'), moves(0.5, 'a', 2), pings(10, 'a'), pings(14, 'b')],
  },
  'mobike-double-jump-third-network': {
    title: 'two strongSwan with MOBIKE; both move, and a moves on to a third network after 8 s',
    variant: 'mobike/silent-initiator',
    keepsAddresses: true,
    course: [...bothMove(0), moves(8, 'a', 2)],
  },
  'mobike-three-networks': {
    title: 'two strongSwan with MOBIKE; a and b move on in turn, with data in between',
    variant: 'mobike/silent-initiator',
    keepsAddresses: true,
    course: [
      moves(0, 'a'),
      pings(6, 'b'),
      moves(10, 'b'),
      pings(16, 'a'),
      moves(20, 'a', 2),
      moves(30, 'b', 2),
      pings(38, 'a'),
    ],
  },
  'mobike-quick-return': {
    title: 'two strongSwan with MOBIKE; both move, and both are back within 3 s',
    variant: 'mobike/silent-initiator',
    course: [...bothMove(0), moves(3, 'a', 0), moves(3, 'b', 0), pings(12, 'a')],
  },
  'mobike-liveness': {
    title: 'two strongSwan with MOBIKE that ask whether the other is there; b moves, and returns',
    variant: 'mobike/silent-initiator',
    liveness: 4,
    course: [moves(6, 'b'), moves(20, 'b', 0), pings(30, 'a')],
  },
  'mobike-off': {
    title: 'two strongSwan without MOBIKE; a moves',
    variant: 'mobike/single-homed',
    withoutMobike: true,
    course: [pings(0, 'a'), moves(2, 'a'), pings(10, 'a'), pings(14, 'b')],
  },
}

/** Two strongSwan. */
export function strongSwanExperiment(tunnel: Tunnel): Experiment {
  return {
    title: tunnel.title,
    variant: tunnel.variant,
    needs: {
      [CHARON]: 'strongswan-charon libcharon-extra-plugins libstrongswan-standard-plugins',
      swanctl: 'strongswan-swanctl',
      ping: 'iputils-ping',
      tshark: 'tshark',
      ip: 'iproute2',
    },
    filter: 'udp port 500 or udp port 4500',
    course: tunnel.course,
    begin: (stage) => begin(tunnel, stage),
    atMost: AFTER,
    isSettled,
    fateOf,
  }
}

/** strongSwan, by name. */
export const strongSwanExperiments: Readonly<Record<string, Experiment>> = named(tunnels, strongSwanExperiment)
