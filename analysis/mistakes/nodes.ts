import { canonical } from '../../checker/canonical.ts'
import { runningTimers } from '../../spec/internet/timers.ts'
import type { Node, Placed } from '../../spec/internet/topology.ts'
import { inWords } from '../../spec/internet/unusable.ts'
import { type Mistake, mistakeFrom, within } from './mistake.ts'
import { isRecord, misshapen, unknownFields } from './shape.ts'
import { NODE, ROLE } from './shapes.ts'

/** What keeps a list of nodes from being looked at any further. */
export function brokenNodes(nodes: unknown, where: string): Mistake[] {
  if (!Array.isArray(nodes))
    return [
      {
        where,
        fact: `'nodes' gave ${inWords(nodes)}, which is no list`,
        cause: 'The likeliest cause is a function without a return.',
        act: "Give a list: nodes: () => [node('a', role, { from: 'west-1' }), … ].",
      },
    ]
  return nodes.flatMap((n: unknown, i) => {
    const at = isRecord(n) && typeof n.name === 'string' ? `node '${n.name}', ${where}` : `nodes[${i}], ${where}`
    const broken = misshapen(n, NODE, at)
    return broken.length > 0 ? broken : [...misshapen((n as Node).role, ROLE, at), ...placeless(n as Node, at)]
  })
}

function placeless({ at, from }: Node, where: string): Mistake[] {
  if ((at === undefined) !== (from === undefined) && at?.length !== 0) return []
  return [
    {
      where,
      fact:
        at === undefined
          ? "it has neither 'at' nor 'from'"
          : from === undefined
            ? "'at' is empty"
            : "it has both 'at' and 'from'",
      cause: 'The likeliest cause is a place that was forgotten, or two kinds of place at once.',
      act: "Give a stationary node its addresses ('at'), and a mobile one its first network ('from').",
    },
  ]
}

/** What is wrong with a node by itself: its role, its timers, the state in which it starts. */
export function mistakesOfNode(n: Node, where: string): Mistake[] {
  const at = `node '${n.name}'`
  const role = n.role as unknown as Placed['role']
  const timers = Object.entries(role.timers ?? {})
  return within(where, [
    ...unknownFields(n, NODE, at),
    ...unknownFields(role, ROLE, at),
    ...timers.flatMap(([timer, given]) => wrongTimer(timer, given, at)),
    ...(timers.length > 0 && role.armed === undefined
      ? neverArmed(
          timers.map(([timer]) => timer),
          at,
        )
      : []),
    ...notPlain(role.start, at),
    ...wrongTimersAtStart(n.name, role),
    ...withoutFunction(n, role, at),
  ])
}

function wrongTimer(timer: string, given: unknown, where: string): Mistake[] {
  const { milliseconds, rankedAs = milliseconds } = isRecord(given) ? given : {}
  if ([milliseconds, rankedAs].every((one) => typeof one === 'number' && one >= 0 && Number.isFinite(one))) return []
  return [
    {
      where,
      fact: `timer '${timer}' is ${inWords(given)}, without a duration`,
      cause: 'The likeliest cause is a number alone, or one that was calculated.',
      act: "Write { milliseconds: 500, source: 'RFC 3261 §17.1.1.2' }: which of two timers is longer is looked at.",
    },
  ]
}

const neverArmed = (timers: readonly string[], where: string): Mistake[] => [
  {
    where,
    fact: `its role declares ${timers.map((timer) => `'${timer}'`).join(', ')}, and has no 'armed'`,
    cause: "The likeliest cause is that 'armed' was forgotten: without it no timer ever runs.",
    act: 'Say which timers run in a state: armed: (state) => (state.waiting ? [name] : []).',
  },
]

/** A Map, a class, NaN or undefined: what two states would be taken for one by. */
function notPlain(start: unknown, where: string): Mistake[] {
  try {
    canonical(start as never)
    return []
  } catch (error) {
    const [fact = '', ...act] = (error as Error).message.split(/(?<=\.) /)
    return [
      {
        where,
        fact: `its start is refused: ${fact.replace(/\.$/, '')}`,
        cause: 'The likeliest cause is a structure of JavaScript in the place of a list or a record.',
        act: act.join(' '),
      },
    ]
  }
}

function wrongTimersAtStart(name: string, role: Placed['role']): Mistake[] {
  try {
    runningTimers({ name, role }, role.start)
    return []
  } catch (error) {
    const mistake = mistakeFrom(error)
    return mistake === null ? [] : [mistake]
  }
}

/** A place that does nothing without a function of the role's. */
function withoutFunction(n: Node, role: Placed['role'], where: string): Mistake[] {
  const needs = [
    ['agentOf', 'intercepts', 'takes nothing off the network'],
    ['hears', 'overhears', 'hears nothing'],
  ] as const
  return needs.flatMap(([place, needed, comes]) =>
    (n[place] ?? []).length === 0 || role[needed] !== undefined
      ? []
      : [
          {
            where,
            fact: `it has '${place}', and its role has no '${needed}', so that it ${comes}`,
            cause: 'The likeliest cause is that a function of the role was forgotten, or the wrong role is there.',
            act: `Give the role '${needed}', or leave '${place}' out.`,
          },
        ],
  )
}
