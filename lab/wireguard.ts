import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Experiment, fieldsIn, type Stage } from './experiment.ts'
import { ADDRESSES } from './network.ts'

const PORT = 51820
const INNER = { a: '192.168.77.1', b: '192.168.77.2' } as const
const ENDS = ['a', 'b'] as const
const SINK = 7000
/** After 10 s without anything to send, data are answered by a keepalive (whitepaper §6.5). */
const UNTIL_SESSION = 12
/** 15 s without an answer to data, then an initiation every 5 s (whitepaper §6.1, §6.5). */
const AFTER = 38

/** wireguard-go in each host, without a persistent keepalive; each sends one datagram when it has moved, and nobody answers it. */
async function run(moves: readonly ('a' | 'b')[], { network, folder, start, tell }: Stage): Promise<void> {
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
  const inside = (end: 'a' | 'b', ...args: string[]): void => {
    spawnSync('ip', ['netns', 'exec', network.space(end), ...args])
  }
  for (const end of ENDS) {
    const peer = end === 'a' ? 'b' : 'a'
    const device = deviceOf(end)
    inside(end, 'wg', 'set', device, 'listen-port', `${PORT}`, 'private-key', keys[end]!.path)
    inside(
      end,
      ...[
        'wg',
        'set',
        device,
        'peer',
        keys[peer]!.public,
        'endpoint',
        `${ADDRESSES[peer][0]}:${PORT}`,
        'allowed-ips',
        '192.168.77.0/24',
      ],
    )
    inside(end, 'ip', 'addr', 'add', `${INNER[end]}/24`, 'dev', device)
    inside(end, 'ip', 'link', 'set', device, 'up')
    // Somebody takes the datagrams, so that no ICMP error goes back through the tunnel.
    start(end, process.execPath, ['-e', `require('dgram').createSocket('udp4').bind(${SINK})`], `sink-${end}`)
  }
  await pause(1000)
  const say = (end: 'a' | 'b'): void =>
    inside(end, 'bash', '-c', `echo moved > /dev/udp/${INNER[end === 'a' ? 'b' : 'a']}/${SINK}`)
  for (const end of ENDS) {
    say(end)
    await pause(500)
  }
  tell(`a and b have a tunnel, and ${UNTIL_SESSION} s for it.`)
  await pause(UNTIL_SESSION * 1000)
  for (const end of moves) {
    network.move(end)
    // wireguard-go keeps to the source address that it had, as long as there is one.
    spawnSync('ip', ['-n', network.space(end), 'addr', 'flush', 'dev', `${end}0`])
  }
  for (const end of moves) say(end)
  tell(`${moves.join(' and ')} moved, and sent something; now ${AFTER} s, in which initiations are repeated.`)
  await pause(AFTER * 1000)
}

/** Whether anybody was answered after the moves. */
function fateOf(capture: string): string {
  const rows = fieldsIn(capture, ['frame.time_relative', 'wg.type', 'ip.src', 'ip.dst'], ['-Y', 'wg'])
  const second: readonly string[] = [ADDRESSES.a[1], ADDRESSES.b[1]]
  const later = rows.filter(([, , source]) => second.includes(source ?? ''))
  if (later.length === 0) return 'Nobody said anything after moving'
  const answered = rows.some(([, , , destination]) => second.includes(destination ?? ''))
  if (answered) return 'The tunnel survived'
  const initiations = later.filter(([, type]) => type === '1').length
  return `The tunnel was lost: nothing ever came to a new address, and ${initiations} initiations went to old ones`
}

/** Its control socket is in a folder that all namespaces share. */
const deviceOf = (end: 'a' | 'b'): string => `dj${process.pid}${end}`

const experiment = (title: string, moves: readonly ('a' | 'b')[]): Experiment => ({
  title,
  variant: 'wireguard/roaming',
  needs: { 'wireguard-go': 'wireguard-go', wg: 'wireguard-tools', tshark: 'tshark', ip: 'iproute2' },
  filter: `udp port ${PORT}`,
  run: (stage) => run(moves, stage),
  fateOf,
})

/** wireguard-go, by name. */
export const wireGuardExperiments: Readonly<Record<string, Experiment>> = {
  wireguard: experiment('two wireguard-go; both move at once', ['a', 'b']),
  'wireguard-one-move': experiment('two wireguard-go; a moves', ['a']),
}
