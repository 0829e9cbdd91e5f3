import { InputError, list } from '../../analysis/errors.ts'
import { nearest } from '../../analysis/nearest.ts'
import { above0, from0 } from '../calculations/quantities.ts'
import type { AccountAsked, Refresh } from './account.ts'
import { pairIn, type Topology } from './topology.ts'

/** What costs are asked for, as it is written. */
export interface CostsGiven {
  /** Of every two nodes that nothing else is said of. */
  readonly apart: number
  /** `a-ha-a=3`. */
  readonly hops: readonly string[]
  /** What a file of distances says. */
  readonly topology: unknown
  readonly handoffs: number
  readonly seconds: number
  /** `a-ha-a=300`: seconds. */
  readonly refreshes: readonly string[]
  readonly outerHeader: number
}

/**
 * @param nodes of the variant
 * @throws InputError for what names none of its nodes, or is no distance or time
 */
export function accountAskedIn(given: CostsGiven, nodes: readonly string[]): AccountAsked {
  const { places, hops, otherwise } = topologyIn(given.topology, nodes)
  const names = [...new Set([...nodes, ...Object.values(places)])]
  const said = Object.fromEntries(given.hops.map((text) => entryIn('--hops', text, names)))
  for (const [pair, distance] of Object.entries({ ...hops, ...said })) {
    mustBePair('The file of distances', pair, names)
    from0(`The distance '${pair}'`, distance, 'hops')
  }
  return {
    topology: { places, hops: { ...hops, ...said }, otherwise: from0('--apart', otherwise ?? given.apart, 'hops') },
    handoffs: given.handoffs,
    seconds: from0('--seconds', given.seconds, 'seconds'),
    outerHeader: from0('--outer-header', given.outerHeader, 'bytes'),
    refreshes: given.refreshes.map((text): Refresh => {
      const [pair, seconds] = entryIn('--refresh', text, nodes)
      const [one, other] = pairIn(pair, nodes)!
      return { one, other, seconds: above0(`--refresh ${pair}`, seconds, 'seconds') }
    }),
  }
}

function topologyIn(
  file: unknown,
  nodes: readonly string[],
): Pick<Topology, 'places' | 'hops'> & { otherwise?: number } {
  if (file === undefined) return { places: {}, hops: {} }
  const { places = {}, hops = {}, otherwise, ...others } = file as Partial<Topology>
  const isNumbers = typeof hops === 'object' && Object.values(hops).every((one) => typeof one === 'number')
  const isNames = typeof places === 'object' && Object.values(places).every((one) => typeof one === 'string')
  if (!isNumbers || !isNames || Object.keys(others).length > 0 || !['number', 'undefined'].includes(typeof otherwise))
    throw new InputError(
      `The file of distances is not of the form { "places": { "a": "MN" }, "hops": { "MN-HA": 3 }, "otherwise": 5 }. The likeliest cause is a name that is none of the three, or a number in quotes. Write it so; each of the three may be left out.`,
    )
  for (const node of Object.keys(places)) if (!nodes.includes(node)) throw noNode('The file of distances', node, nodes)
  return { places, hops, ...(otherwise !== undefined && { otherwise }) }
}

function entryIn(option: string, text: string, names: readonly string[]): readonly [pair: string, value: number] {
  const [, pair, value] = /^\s*(.+?)\s*=\s*([^=]+?)\s*$/.exec(text) ?? []
  if (pair === undefined || value === undefined)
    throw new InputError(
      `${option} '${text}' says nothing of the form one-other=number. Write, for example, ${option} a-ha-a=3.`,
    )
  mustBePair(option, pair, names)
  return [pair, Number(value)]
}

function mustBePair(option: string, pair: string, names: readonly string[]): void {
  if (pairIn(pair, names) === null) throw noNode(option, pair, names)
}

const noNode = (option: string, text: string, names: readonly string[]): InputError =>
  new InputError(
    `${option}: '${text}' is not of nodes of this variant. It has ${list([...names])}. The nearest pair: ${list(
      nearest(
        text,
        names.flatMap((one) => names.filter((other) => other !== one).map((other) => `${one}-${other}`)),
      ),
    )}.`,
  )
