import { createHash } from 'node:crypto'
import { encodeIpv6, type Ipv6Packet } from '../../wire/ipv6.ts'
import type { Captured } from '../../wire/pcapng.ts'
import type { Bugs } from './bugs.ts'
import { HomeAgent } from './home-agent.ts'
import { MobileNode } from './mobile-node.ts'
import type { Outside } from './outside.ts'

/** Two implementations and their home agents on a clock that is not real. Times are milliseconds. */
export interface Trial {
  readonly reForwards: boolean
  readonly moves: readonly { readonly end: 'a' | 'b'; readonly at: number; readonly gap: number }[]
  /** One way between two nodes, the same for each packet between them. */
  readonly latency: (from: string, to: string) => number
  readonly until: number
}

const networkOf = { a: (stop: number) => `2001:db8:${1 + stop}::2`, b: (stop: number) => `2001:db8:${0x11 + stop}::2` }
export const ADDRESSES = {
  a: { home: '2001:db8:a::a', agent: '2001:db8:a::1', careOf: networkOf.a },
  b: { home: '2001:db8:b::b', agent: '2001:db8:b::1', careOf: networkOf.b },
} as const

/** Runs a trial, and gives back each packet as a router in the middle would see it. */
export function simulate(trial: Trial, bugs: Bugs): Captured[] {
  const events: { at: number; order: number; run: () => void }[] = []
  const captured: { seconds: number; bytes: Buffer }[] = []
  const holders = new Map<string, MobileNode | HomeAgent>()
  let now = 0
  let order = 0
  const at = (time: number, run: () => void): void => {
    order += 1
    events.push({ at: time, order, run })
  }
  const outsideOf = (name: string, node: () => MobileNode | HomeAgent): Outside => {
    const due = new Map<string, number>()
    let drawn = 0
    return {
      send: (packet) => {
        const time = now + trial.latency(packet.source, packet.destination)
        at((now + time) / 2, () => captured.push({ seconds: now / 1000, bytes: encodeIpv6(packet) }))
        at(time, () => takerOf(packet)?.receive(packet))
      },
      start: (timer, milliseconds) => {
        const time = now + milliseconds
        due.set(timer, time)
        at(time, () => {
          if (due.get(timer) !== time) return
          due.delete(timer)
          node().fire(timer)
        })
      },
      stop: (timer) => void due.delete(timer),
      // The same in each run, and different for each node.
      random: (octets) => {
        drawn += 1
        return createHash('sha256').update(`${name} ${drawn}`).digest().subarray(0, octets)
      },
    }
  }
  /** Whoever holds the address now, else the home agent that intercepts. */
  const takerOf = ({ destination }: Ipv6Packet): MobileNode | HomeAgent | undefined => holders.get(destination)

  for (const end of ['a', 'b'] as const) {
    const { home, agent, careOf } = ADDRESSES[end]
    const peerHome = ADDRESSES[end === 'a' ? 'b' : 'a'].home
    const node: MobileNode = new MobileNode(
      { home, homeAgent: agent, peerHome, bugs },
      outsideOf(end, () => node),
    )
    const homeAgent: HomeAgent = new HomeAgent(
      { address: agent, home, reForwards: trial.reForwards, bugs },
      outsideOf(`ha-${end}`, () => homeAgent),
    )
    holders.set(agent, homeAgent).set(home, homeAgent)
    const attach = (stop: number): void => {
      holders.set(careOf(stop), node)
      node.attach(careOf(stop))
    }
    at(end === 'a' ? 0 : 1, () => attach(0))
    trial.moves
      .filter((move) => move.end === end)
      .forEach((move, stop) => {
        at(move.at, () => holders.delete(careOf(stop)))
        at(move.at + move.gap, () => attach(stop + 1))
      })
  }
  for (;;) {
    const next = events.sort((one, two) => two.at - one.at || two.order - one.order).pop()
    if (next === undefined || next.at > trial.until) return captured
    now = next.at
    next.run()
  }
}
