import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Experiment, fieldsIn, type Stage } from './experiment.ts'
import { ADDRESSES } from './network.ts'

type End = 'a' | 'b'
const ENDS: readonly End[] = ['a', 'b']
const CHARON = '/usr/lib/ipsec/charon'
const UNTIL_SESSION = 3
/** strongSwan tries a path ten times, 2.5 s apart. */
const AFTER = 32

/** Two strongSwan with an IKE SA between them; there is no ESP here, and none is needed for it to move. */
async function run(moves: readonly End[], { network, folder, start, tell }: Stage): Promise<void> {
  for (const end of ENDS) {
    writeFileSync(join(folder, `${end}.conf`), charonConfig(folder, end))
    writeFileSync(join(folder, `${end}.swanctl`), connection(end))
    // charon keeps its process number in /run, which namespaces of the network share.
    const command = `mount -t tmpfs tmpfs /run && STRONGSWAN_CONF=${join(folder, `${end}.conf`)} exec ${CHARON}`
    start(end, 'unshare', ['-m', 'sh', '-c', command], `charon-${end}`)
  }
  await pause(2500)
  const swanctl = (end: End, ...args: string[]): void => {
    spawnSync('swanctl', [...args, '--uri', socketOf(folder, end)])
  }
  for (const end of ENDS) swanctl(end, '--load-all', '--file', join(folder, `${end}.swanctl`))
  swanctl('a', '--initiate', '--child', 'net', '--timeout', '10')
  tell(`a and b have an IKE SA, and ${UNTIL_SESSION} s for it.`)
  await pause(UNTIL_SESSION * 1000)
  for (const end of moves) {
    network.move(end)
    spawnSync('ip', ['-n', network.space(end), 'addr', 'flush', 'dev', `${end}0`])
  }
  tell(`${moves.join(' and ')} moved; now ${AFTER} s, in which charon looks for a path.`)
  await pause(AFTER * 1000)
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

function connection(end: End): string {
  const peer = end === 'a' ? 'b' : 'a'
  const inner = { a: '192.168.78.1/32', b: '192.168.78.2/32' }
  return `connections {
  ab {
    version = 2
    local_addrs = %any
    remote_addrs = ${ADDRESSES[peer][0]}
    mobike = yes
    encap = yes
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
        local_ts = ${inner[end]}
        remote_ts = ${inner[peer]}
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
  const second: readonly string[] = [ADDRESSES.a[1], ADDRESSES.b[1]]
  const later = rows.filter(([, , source]) => second.includes(source ?? ''))
  if (later.length === 0) return 'Nobody said where they moved'
  if (rows.some(([, , , destination]) => second.includes(destination ?? ''))) return 'The IKE SA moved'
  const seconds = Number(later.at(-1)![0]) - Number(later[0]![0])
  return `The IKE SA was lost: nothing ever came to a new address, and after ${seconds.toFixed(1)} s neither end tried any more`
}

const experiment = (title: string, moves: readonly End[]): Experiment => ({
  title,
  variant: 'mobike/single-homed',
  needs: {
    [CHARON]: 'strongswan-charon libcharon-extra-plugins libstrongswan-standard-plugins',
    swanctl: 'strongswan-swanctl',
    tshark: 'tshark',
    ip: 'iproute2',
  },
  filter: 'udp port 500 or udp port 4500',
  run: (stage) => run(moves, stage),
  fateOf,
})

/** strongSwan, by name. */
export const strongSwanExperiments: Readonly<Record<string, Experiment>> = {
  mobike: experiment('two strongSwan with MOBIKE; both move at once', ['a', 'b']),
  'mobike-one-move': experiment('two strongSwan with MOBIKE; a, the initiator, moves', ['a']),
}
