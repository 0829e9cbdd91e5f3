import { worldOf } from '../analysis/world.ts'
import type { Timer } from '../spec/internet/role.ts'
import type { Protocol } from '../spec/protocol.ts'

/** Timers that back off, alike in some protocols. */
interface Row {
  readonly protocols: readonly string[]
  readonly timers: readonly string[]
  readonly timer: Timer
}

/** The table of `docs/time.md`: which timers back off, how, and where that is from, told from the roles of all variants. */
export function backOffTable(protocols: readonly Protocol[]): string {
  const rows = new Map<string, Row>()
  for (const protocol of protocols)
    for (const [name, timer] of timersOf(protocol)) {
      if (timer.backsOff === undefined) continue
      const key = JSON.stringify([timer.milliseconds, timer.lasts, timer.backsOff, timer.source])
      const { protocols: before, timers } = rows.get(key) ?? { protocols: [], timers: [] }
      rows.set(key, { protocols: withOne(before, protocol.name), timers: withOne(timers, name), timer })
    }
  return [
    '| protocols | timers | first | then | source |',
    '|---|---|---|---|---|',
    ...[...rows.values()].map(({ protocols: names, timers, timer }) => {
      const [first, last] = timer.lasts ?? [timer.milliseconds, timer.milliseconds]
      const { factor, most } = timer.backsOff!
      const times = factor === 2 ? 'doubled' : `${factor} times as long`
      return `| ${names.join(', ')} | ${timers.join(', ')} | ${first === last ? told(first) : `${told(first)}–${told(last!)}`} | ${times} up to ${told(most)} | ${timer.source} |`
    }),
    '',
  ].join('\n')
}

/** By name; of several of a name that are not alike, all. */
function timersOf(protocol: Protocol): [string, Timer][] {
  const found = new Map<string, [string, Timer]>()
  for (const variant of protocol.variants) {
    const { internet } = worldOf({ protocol, variant }, variant.scenarios[0]!)
    for (const { role } of internet.layout.topology.nodes)
      for (const [name, timer] of Object.entries<Timer>(role.timers ?? {}))
        found.set(`${name} ${JSON.stringify(timer)}`, [name, timer])
  }
  return [...found.values()]
}

const withOne = (list: readonly string[], one: string): readonly string[] =>
  list.includes(one) ? list : [...list, one]

const told = (milliseconds: number): string =>
  milliseconds % 1000 === 0 ? `${(milliseconds / 1000).toLocaleString('en')} s` : `${milliseconds} ms`
