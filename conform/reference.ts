import type { Value } from '../checker/model.ts'
import type { Internet } from '../spec/internet/compose.ts'
import type { Role, Timer } from '../spec/internet/role.ts'
import type { Suite, SuiteStep } from './suite.ts'

/** A field of an event or of what is sent, as JSON has it, with values that it has in tests. */
export interface FieldReference {
  readonly field: string
  readonly type: string
  readonly such: readonly string[]
}

/** A kind of event, or of message that is sent. */
export interface KindReference {
  readonly kind: string
  readonly fields: readonly FieldReference[]
  /** The section that says what is done with it; null where the spec names none. */
  readonly source: string | null
}

/** A timer, in milliseconds. */
export interface TimerReference extends Pick<Timer, 'milliseconds' | 'earliest' | 'latest' | 'backsOff' | 'source'> {
  readonly timer: string
}

/** What whoever writes an adapter for a role has to know of it. */
export interface RoleReference {
  readonly role: string
  /** Messages that come to it, with their addresses, and `attached`, where it gets a new address. */
  readonly events: readonly KindReference[]
  /** What its user does. */
  readonly actions: readonly KindReference[]
  readonly sends: readonly KindReference[]
  readonly timers: readonly TimerReference[]
}

/** The reference of a role, by what comes and is sent in the tests of a suite. */
export function referenceOf(internet: Internet, suite: Suite): RoleReference {
  const role = internet.layout.topology.nodes.find(({ name }) => name === suite.role)!.role as unknown as Role<
    Value,
    { kind: string },
    string,
    string
  >
  const steps = suite.tests.flatMap((one) => one.steps)
  const [timers, actions] = [role.timers ?? {}, role.actions ?? {}]
  const sourceOf = (kind: string): string | null =>
    actions[kind]?.source ?? steps.find(({ event }) => event.kind === kind)?.source ?? null
  const come = kindsOf(steps.map(({ event }) => event)).map((one) => ({ ...one, source: sourceOf(one.kind) }))
  return {
    role: suite.role,
    events: come.filter(({ kind }) => !(kind in timers) && !(kind in actions)),
    actions: come.filter(({ kind }) => kind in actions),
    sends: kindsOf(steps.flatMap(sendsOf)).map((one) => ({ ...one, source: null })),
    timers: Object.entries(timers)
      .filter(([timer]) => steps.some(({ event }) => event.kind === timer))
      .map(([timer, { milliseconds, earliest, latest, backsOff, source }]) => ({
        timer,
        milliseconds,
        ...(earliest === undefined ? {} : { earliest }),
        ...(latest === undefined ? {} : { latest }),
        ...(backsOff === undefined ? {} : { backsOff }),
        source,
      })),
  }
}

/** What it puts into a tunnel or passes on has no kind of its own. */
const sendsOf = ({ sends }: SuiteStep): { readonly kind: string }[] =>
  (sends as readonly { readonly kind?: string; readonly do?: string }[]).map((one) => ({
    ...one,
    kind: one.kind ?? `(${one.do})`,
  }))

const MOST_VALUES = 4

function kindsOf(all: readonly { readonly kind: string }[]): Omit<KindReference, 'source'>[] {
  const kinds = new Map<string, Map<string, Set<string>>>()
  const types = new Map<string, string>()
  for (const { kind, ...fields } of all) {
    const known = kinds.get(kind) ?? new Map<string, Set<string>>()
    kinds.set(kind, known)
    for (const [field, value] of Object.entries(fields)) {
      known.set(field, (known.get(field) ?? new Set()).add(JSON.stringify(value)))
      types.set(`${kind} ${field}`, Array.isArray(value) ? 'array' : typeof value)
    }
  }
  return [...kinds].map(([kind, fields]) => ({
    kind,
    fields: [...fields].map(([field, values]) => ({
      field,
      type: types.get(`${kind} ${field}`)!,
      such: [...values].sort().slice(0, MOST_VALUES),
    })),
  }))
}

/** The same for people, with the scenarios that there are suites of. */
export function referenceText(
  { role, events, actions, sends, timers }: RoleReference,
  scenarios: readonly { readonly name: string; readonly title: string }[],
): string {
  const field = ({ field: name, type, such }: FieldReference): string =>
    `    ${name}: ${type}, such as ${such.join(', ')}`
  const kinds = (all: readonly KindReference[]): string[] =>
    all.flatMap(({ kind, fields, source }) => [
      `  ${kind}${source === null ? '' : `  [${source}]`}`,
      ...fields.map(field),
    ])
  const part = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : [title, ...lines, ''])
  const seconds = ({ timer, milliseconds, earliest, latest, backsOff, source }: TimerReference): string =>
    `  ${timer}: ${milliseconds} ms${earliest === undefined ? '' : `, ${earliest} at the earliest`}${latest === undefined ? '' : `, ${latest} at the latest`}${backsOff === undefined ? '' : `, times ${backsOff.factor} up to ${backsOff.most} ms`}  [${source}]`
  return [
    ...part(`What happens to ${role}: an event has 'kind' and these fields.`, kinds(events)),
    ...part('What its user does:', kinds(actions)),
    ...part("Its timers: an event is the timer's name, when it fires.", timers.map(seconds)),
    ...part("What it sends: an answer to an event is a list of these, in order; 'to' is where it goes.", kinds(sends)),
    "Addresses are 'network/host': a host's at its first stop, its second…; a server's. An adapter gives each an address and a port of its own. Numbers begin with those of",
    "'start' in the suite, and go up as the protocol's do. 'hops' is a hop limit: leave it alone.",
    '',
    ...part(
      'Scenarios: what goes wrong in the world that it is tested in.',
      scenarios.map(({ name, title }) => `  ${name}: ${title}`),
    ),
  ].join('\n')
}
