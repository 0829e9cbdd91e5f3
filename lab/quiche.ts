import { randomBytes } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { createInterface } from 'node:readline'
import native from '@matrixai/quic/dist/native/index.js'
import type { Connection, Host } from '@matrixai/quic/dist/native/types.js'

/**
 * One end of a QUIC connection by quiche, as a process: `<here> <there> client <key log> [knows]` or `<here> <there> server <certificate> <key>`. Who knows where its host is has a socket for
 * each address. Others have one that is bound to none: they send from wherever their host is, and quiche is told of the address that they began with. What it is to do comes as lines: `say`;
 * `probe <address>`; `migrate <address>`; `close`. A server says back what it hears.
 */

// CommonJS: Node finds no names in it.
const { quiche } = native

/** Octets of a connection ID, of a datagram, and milliseconds without anything (RFC 9000 §10.1). */
const ID = 16
const DATAGRAM = 1350
const IDLE = 30_000
const STREAM_BYTES = 100_000
const IDS = 8

const [here, there, role, ...files] = process.argv.slice(2) as [string, string, 'client' | 'server', string, string]
const endOf = (text: string): Host => ({ host: text.split(':')[0]!, port: Number(text.split(':')[1]) })
const local = endOf(here)
const knows = files[1] === 'knows'
/** By the address that quiche sends from. */
const sockets = new Map<string, Socket>()
const config = new quiche.Config()
config.setApplicationProtos(['doublejump'])
config.verifyPeer(false)
config.grease(false)
config.setMaxIdleTimeout(IDLE)
config.setMaxRecvUdpPayloadSize(DATAGRAM)
config.setMaxSendUdpPayloadSize(DATAGRAM)
config.setInitialMaxData(10 * STREAM_BYTES)
config.setInitialMaxStreamDataBidiLocal(STREAM_BYTES)
config.setInitialMaxStreamDataBidiRemote(STREAM_BYTES)
config.setInitialMaxStreamsBidi(100)
config.setActiveConnectionIdLimit(IDS)
if (role === 'client') config.logKeys()
else {
  config.loadCertChainFromPemFile(files[0]!)
  config.loadPrivKeyFromPemFile(files[1]!)
}

let connection: Connection | null = null
let isReady = false
let timer: NodeJS.Timeout | undefined
/** Streams that I have begun: a client's have even numbers, a server's odd ones (RFC 9000 §2.1). */
let streams = 0

function say(words: string): void {
  connection!.streamSend(4 * streams + (role === 'client' ? 0 : 1), Buffer.from(words), true)
  streams += 1
}

/** All that is to be sent is sent, and its next timer set. */
function flush(): void {
  if (connection === null) return
  if (!isReady && connection.isEstablished()) begin(connection)
  for (const id of connection.readable()) answer(connection, id)
  const datagram = new Uint8Array(DATAGRAM)
  for (let sent = connection.send(datagram); sent !== null; sent = connection.send(datagram)) {
    const [length, { from, to }] = sent
    sockets.get(from.host)?.send(datagram.slice(0, length), to.port, to.host)
  }
  for (let event = connection.pathEventNext(); event !== null; event = connection.pathEventNext())
    process.stdout.write(`${event.type}\n`)
  clearTimeout(timer)
  const wait = connection.timeout()
  if (wait !== null)
    timer = setTimeout(() => {
      connection!.onTimeout()
      flush()
    }, wait)
  if (connection.isClosed()) process.exit(0)
}

/** It supplies the connection IDs that its peer may hold (§5.1.1). */
function begin(open: Connection): void {
  isReady = true
  process.stdout.write('ready\n')
  while (open.sourceCidsLeft() > 0) open.newSourceCid(randomBytes(ID), randomBytes(ID).readBigUInt64LE(), false)
}

function answer(open: Connection, id: number): void {
  const data = new Uint8Array(STREAM_BYTES)
  const read = open.streamRecv(id, data)
  const isTheirs = (id % 4 === 0) === (role === 'server')
  if (read !== null && role === 'server' && isTheirs) open.streamSend(id, data.slice(0, read[0]), read[1])
}

function listen(address: string, then: () => void): void {
  if (sockets.has(address)) {
    then()
    return
  }
  const socket = createSocket('udp4')
  sockets.set(address, socket)
  socket.on('message', (data, { address: host, port }) =>
    receive(data, { host, port }, { host: address, port: local.port }),
  )
  /** A host without an address cannot send: what is lost is sent again. */
  socket.on('error', (error) => process.stdout.write(`${error.message}\n`))
  socket.bind(local.port, knows ? address : '0.0.0.0', then)
}

function receive(data: Uint8Array, from: Host, to: Host): void {
  if (connection === null && role === 'server')
    connection = quiche.Connection.accept(randomBytes(ID), null, local, from, config)
  try {
    connection?.recv(data, { from, to })
  } catch (error) {
    process.stdout.write(`${String(error)}\n`)
  }
  flush()
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const [what, address] = line.split(' ') as [string, string]
  if (connection === null) return
  const at = { host: address, port: local.port }
  if (what === 'say') say(`${role} says something`)
  if (what === 'close') connection.close(true, 0, Buffer.from('enough'))
  if (what === 'probe' || what === 'migrate')
    listen(address, () => {
      if (what === 'probe') connection!.probePath(at, endOf(there))
      else connection!.migrateSource(at)
      flush()
    })
  flush()
})

listen(local.host, () => {
  if (role !== 'client') return
  connection = quiche.Connection.connect(null, randomBytes(ID), local, endOf(there), config)
  connection.setKeylog(files[0]!)
  flush()
})
