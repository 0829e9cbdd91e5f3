import { randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { createInterface } from 'node:readline'
import { decodeIpv6, encodeIpv6 } from '../../wire/ipv6.ts'
import type { Bug } from './bugs.ts'
import { HomeAgent } from './home-agent.ts'
import { MobileNode } from './mobile-node.ts'
import type { Outside } from './outside.ts'
import { PORT, underlayOf } from './overlay.ts'
import { ADDRESSES } from './simulation.ts'

/** What a process of the lab is: given to it as JSON. A mobile node reads 'attach 0', 'attach 1' from its input: what movement detection would tell it. */
export interface Part {
  readonly is: 'mobile node' | 'home agent'
  readonly end: 'a' | 'b'
  readonly reForwards: boolean
  readonly bugs: readonly Bug[]
}

const { is, end, reForwards, bugs } = JSON.parse(process.argv[2] ?? '{}') as Part
const { home, agent, careOf } = ADDRESSES[end]
const socket = createSocket('udp4')
const timers = new Map<string, NodeJS.Timeout>()

const outside: Outside = {
  send: (packet) => {
    const to = underlayOf[packet.destination]
    // Nobody is told that a packet did not arrive.
    if (to !== undefined) socket.send(encodeIpv6(packet), PORT, to, () => {})
  },
  start: (timer, milliseconds) => {
    clearTimeout(timers.get(timer))
    timers.set(
      timer,
      setTimeout(() => node.fire(timer), milliseconds),
    )
  },
  stop: (timer) => clearTimeout(timers.get(timer)),
  random: (octets) => randomBytes(octets),
}
const node =
  is === 'mobile node'
    ? new MobileNode(
        { home, homeAgent: agent, peerHome: ADDRESSES[end === 'a' ? 'b' : 'a'].home, bugs: new Set(bugs) },
        outside,
      )
    : new HomeAgent({ address: agent, home, reForwards, bugs: new Set(bugs) }, outside)

socket.on('message', (octets) => {
  try {
    node.receive(decodeIpv6(octets))
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
  }
})
socket.on('error', (error) => {
  process.stderr.write(`${error.message}\n`)
})
// Home agents share a namespace, each with an address of its own.
if (is === 'home agent') socket.bind(PORT, underlayOf[agent])
else socket.bind(PORT)
createInterface({ input: process.stdin }).on('line', (line) => {
  const stop = /^attach (\d)$/.exec(line)?.[1]
  if (stop !== undefined && node instanceof MobileNode) node.attach(careOf(Number(stop)))
})
