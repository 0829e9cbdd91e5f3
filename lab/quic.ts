import { type ChildProcess, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ENDS, type End } from '../spec/roaming.ts'
import { bothMove, type Course, hangsUp, lastStops, moves, type Powers, probes, says, translates } from './course.ts'
import { type Experiment, fieldsIn, named, type Stage } from './experiment.ts'
import { ADDRESSES } from './network.ts'
import { translate } from './translator.ts'

const PORT = 4433
const KEYS = 'keys.txt'
/** What a translator in front of b's network gives for a. */
const OUTSIDE = '10.3.0.1'
/** A server's preferred address, which stays. */
const PREFERRED = ADDRESSES.b[1]
const at = (end: End): string => `${ADDRESSES[end][0]}:${PORT}`
const NEEDS = { openssl: 'openssl', editcap: 'wireshark-common', tshark: 'tshark', ip: 'iproute2' }
/** Seconds until what is sent again has come, or it is clear that it does not. */
const AFTER = 6

/** A certificate of a server that nobody verifies. */
function certificate(folder: string): readonly [certificate: string, key: string] {
  const [cert, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  spawnSync('openssl', ['req', '-x509', ...curve, '-nodes', '-keyout', key, '-out', cert, '-subj', '/CN=b'])
  return [cert, key]
}

/** The capture with the keys in it, so that whoever reads it needs no others. */
function withKeys(capture: string): string {
  const readable = join(dirname(capture), 'readable.pcapng')
  const { status, stderr } = spawnSync(
    'editcap',
    ['--inject-secrets', `tls,${join(dirname(capture), KEYS)}`, capture, readable],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`The keys cannot be put into the capture: ${stderr.trim()}`)
  return readable
}

/** Seconds from the first packet to the first act, or a little less. */
const BEFORE = 1.4

/** Whether data have come through after the last move, each way, between where the hosts are then. */
const fateOf =
  (course: Course, known: Partial<Record<End, string>>) =>
  (capture: string): string => {
    const stops = lastStops(course)
    const where = { a: ADDRESSES.a[stops.a], b: ADDRESSES.b[stops.b], ...known }
    const last = course.findLast(({ does }) => does === 'moves' || does === 'is translated')?.at ?? 0
    const fields = ['ip.src', 'ip.dst', 'quic.frame_type']
    const rows = fieldsIn(capture, fields, ['-Y', `quic.short and frame.time_relative > ${BEFORE + last}`])
    const went = (from: End, to: End): boolean =>
      rows.some(
        ([source, destination, frames = '']) =>
          source === where[from] && destination === where[to] && frames.split(',').some(isStream),
      )
    const [there, back] = [went('a', 'b'), went('b', 'a')]
    if (there && back) return 'Data flow both ways'
    return there || back ? `Data flow from ${there ? 'a to b' : 'b to a'} alone` : 'Data flow neither way'
  }

/** RFC 9000 §19.8. */
const isStream = (type: string): boolean => Number(type) >= 8 && Number(type) <= 15

/** Two quiche, and what happens to them. */
interface Pair {
  readonly title: string
  readonly variant: string
  readonly course: Course
  /** Whether the client is told that it has moved, so that it migrates as it knows how to; else its socket sends from elsewhere, and it knows nothing. */
  readonly notices?: true
  readonly translated?: number
}

/** quiche (npm: @matrixai/quic) in each host. */
async function beginQuiche({ notices, translated }: Pair, { network, folder, start, tell }: Stage): Promise<Powers> {
  if (translated !== undefined) translate(network, PORT, translated)
  const program = join(import.meta.dirname, 'quiche.js')
  const server = start('b', process.execPath, [program, at('b'), at('a'), 'server', ...certificate(folder)], 'server')
  await pause(1000)
  const keys = join(folder, KEYS)
  const knows = notices === true ? ['knows'] : []
  const client = start('a', process.execPath, [program, at('a'), at('b'), 'client', keys, ...knows], 'client')
  await pause(1500)
  const programs: Record<End, ChildProcess> = { a: client, b: server }
  const told = (end: End, line: string): unknown => programs[end].stdin!.write(`${line}\n`)
  for (const end of ENDS) {
    told(end, 'say')
    await pause(500)
  }
  tell('a, the client, and b, the server, have a connection.')
  return {
    moves: (end, { to }) => {
      if (notices === true && end === 'a') told(end, `migrate ${ADDRESSES[end][to]}`)
    },
    probes: (end, { to }) => told(end, `probe ${ADDRESSES[end][to]}`),
    'says something': (end) => told(end, 'say'),
    'hangs up': (end) => told(end, 'close'),
    'is translated': (_, { port }) => translate(network, PORT, port),
  }
}

const CLIENT = 'quic/client-migration'
const pairs: Readonly<Record<string, Pair>> = {
  quic: {
    title: 'two quiche; both move at once, and the client migrates',
    variant: CLIENT,
    notices: true,
    course: [...bothMove(0), says(1, 'a'), says(2, 'b')],
  },
  'quic-one-move': {
    title: 'two quiche; the client migrates',
    variant: CLIENT,
    notices: true,
    course: [moves(0, 'a'), says(1, 'a'), says(2, 'b'), hangsUp(3, 'a')],
  },
  'quic-returns': {
    title: 'two quiche; the client migrates, and back after 4 s',
    variant: CLIENT,
    notices: true,
    course: [moves(0, 'a'), says(1, 'a'), says(2, 'b'), moves(4, 'a', 0), says(5, 'a'), says(6, 'b')],
  },
  'quic-quick-second-move': {
    title: 'two quiche; the client migrates again before what it sent first has an answer',
    variant: CLIENT,
    notices: true,
    course: [moves(0, 'a'), moves(0, 'a', 2), says(2, 'a'), says(3, 'b')],
  },
  'quic-probes': {
    title: 'two quiche; the client probes from a second network while it uses the first, and moves then',
    variant: CLIENT,
    notices: true,
    course: [probes(0, 'a', 1), says(1, 'a'), says(2, 'b'), moves(3, 'a'), says(4, 'a'), says(5, 'b'), hangsUp(6, 'b')],
  },
  'quic-unnoticed': {
    title: 'two quiche; the client moves and does not know it: its packets come from another address',
    variant: CLIENT,
    course: [moves(0, 'a'), says(1, 'a'), says(2, 'b'), moves(4, 'a', 0), says(5, 'a'), hangsUp(6, 'b')],
  },
  'quic-server-moves': {
    title: 'two quiche; the server moves, which RFC 9000 does not let it',
    variant: CLIENT,
    course: [moves(0, 'b'), says(1, 'b'), says(2, 'a')],
  },
  'quic-translated': {
    title: 'two quiche, the client behind a translator whose port changes twice',
    variant: CLIENT,
    translated: 41000,
    course: [translates(0, 42000), says(1, 'a'), says(2, 'b'), translates(4, 43000), says(5, 'a'), hangsUp(6, 'a')],
  },
}

const quiche = (pair: Pair): Experiment => ({
  title: pair.title,
  variant: pair.variant,
  needs: { ...NEEDS, ...(pair.translated === undefined ? {} : { nft: 'nftables', conntrack: 'conntrack' }) },
  // tshark takes what a translator changes for two connections: it is shown on the server's side.
  filter: `udp port ${PORT}${pair.translated === undefined ? '' : ` and not host ${ADDRESSES.a[0]}`}`,
  course: pair.course,
  begin: (stage) => beginQuiche(pair, stage),
  atMost: AFTER,
  finish: withKeys,
  fateOf: fateOf(pair.course, pair.translated === undefined ? {} : { a: OUTSIDE }),
})

/** A client and a server of ngtcp2. */
interface Page {
  readonly title: string
  readonly variant: string
  readonly course: Course
  readonly client: readonly string[]
  /** Whether the server has a preferred address, its second one. */
  readonly preferred?: true
}

/** The client asks for a page 6 s after the handshake, and has moved before. */
async function beginNgtcp2(page: Page, { network, folder, start, tell }: Stage): Promise<Powers> {
  const files = join(folder, 'pages')
  mkdirSync(files)
  writeFileSync(join(files, 'index.html'), 'Hello\n')
  // What a host puts together no capture takes apart again.
  for (const end of ENDS)
    for (const stop of [0, 1, 2])
      spawnSync('ip', [
        'netns',
        'exec',
        network.space(end),
        'ethtool',
        '-K',
        `${end}${stop}`,
        'tx-udp-segmentation',
        'off',
      ])
  const [cert, key] = certificate(folder)
  if (page.preferred === true) {
    spawnSync('ip', ['-n', network.space('b'), 'addr', 'add', `${PREFERRED}/24`, 'dev', 'b1'])
    spawnSync('ip', ['-n', network.space('b'), 'link', 'set', 'b1', 'up'])
  }
  const preferred = page.preferred === true ? [`--preferred-ipv4-addr=${PREFERRED}:${PORT}`] : []
  const here = page.preferred === true ? '0.0.0.0' : ADDRESSES.b[0]
  start('b', 'gtlsserver', ['--qlog-dir', folder, '-d', files, ...preferred, here, `${PORT}`, key, cert], 'server')
  await pause(1000)
  const ask = [ADDRESSES.b[0], `${PORT}`, `https://${ADDRESSES.b[0]}/index.html`]
  const quiet = ['--no-quic-dump', '--no-http-dump', '-n', '2', '--delay-stream=6s']
  const log = [`SSLKEYLOGFILE=${join(folder, KEYS)}`, 'gtlsclient', '--qlog-file', join(folder, 'client.sqlog')]
  start('a', 'env', [...log, ...quiet, ...page.client, ...ask], 'client')
  await pause(1500)
  tell('a, the client, and b, the server, have a connection.')
  return { moves: () => {} }
}

const pages: Readonly<Record<string, Page>> = {
  'quic-ngtcp2': {
    title: 'client and server of ngtcp2; the client migrates: it probes the new path first',
    variant: CLIENT,
    client: ['--change-local-addr=4s'],
    course: [moves(1, 'a')],
  },
  'quic-ngtcp2-unnoticed': {
    title: 'client and server of ngtcp2; the client moves as if a translator had changed its address',
    variant: CLIENT,
    client: ['--change-local-addr=4s', '--nat-rebinding'],
    course: [moves(1, 'a')],
  },
  'quic-ngtcp2-preferred-address': {
    title: 'client and server of ngtcp2; the server has a preferred address, and the client turns to it',
    variant: 'quic/preferred-address',
    preferred: true,
    client: [],
    course: [],
  },
  'quic-ngtcp2-preferred-address-double-jump': {
    title: 'the same; then both move, and the preferred address stays',
    variant: 'quic/preferred-address',
    preferred: true,
    client: ['--change-local-addr=4s'],
    course: [moves(1, 'a'), moves(1, 'b', 2)],
  },
}

const ngtcp2 = (page: Page): Experiment => ({
  title: page.title,
  variant: page.variant,
  needs: { ...NEEDS, gtlsclient: 'ngtcp2-client', gtlsserver: 'ngtcp2-server', ethtool: 'ethtool' },
  filter: `udp port ${PORT}`,
  course: page.course,
  begin: (stage) => beginNgtcp2(page, stage),
  atMost: 10,
  finish: withKeys,
  fateOf: fateOf(page.course, page.preferred === true ? { b: PREFERRED } : {}),
})

/** QUIC, by name. */
export const quicExperiments: Readonly<Record<string, Experiment>> = {
  ...named(pairs, quiche),
  ...named(pages, ngtcp2),
}
