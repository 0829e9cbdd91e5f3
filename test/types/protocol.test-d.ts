// What the compiler refuses an author, and what it knows. Run by 'npm run typecheck': an error that is expected and does not come is one.
import { type Event, node, type Protocol, type Role, type Step, scenario, send, stay, type Variant } from 'doublejump'
import { always, type Checked, type Property, predicate } from 'doublejump/properties'
import { match } from 'ts-pattern'
import { expectTypeOf } from 'vitest'

type Hello = { readonly kind: 'Update'; readonly at: string } | { readonly kind: 'Ack'; readonly number: number }
interface Host {
  readonly peerAt: string
}

// A role gets its messages with the addresses of their packet, and its timers by name.
type Happens = Event<Hello, 'silence'>
expectTypeOf<Happens['kind']>().toEqualTypeOf<'Update' | 'Ack' | 'attached' | 'silence'>()
expectTypeOf<Extract<Happens, { kind: 'Update' }>>().toExtend<{ at: string; source: string; destination: string }>()
expectTypeOf<Extract<Happens, { kind: 'attached' }>>().toExtend<{ address: string }>()
expectTypeOf(stay({ peerAt: '' })).toEqualTypeOf<Step<{ peerAt: string }, never>>()

const all = (me: Host, event: Happens) =>
  match(event)
    .returnType<Step<Host, Hello>>()
    .with({ kind: 'attached' }, ({ address }) => [me, [send<Hello>({ kind: 'Update', at: address }, me.peerAt)]])
    .with({ kind: 'Update' }, ({ at }) => stay({ peerAt: at }))
    .with({ kind: 'Ack' }, { kind: 'silence' }, () => stay(me))

// A role in which every event has a case compiles.
const host: Role<Host, Hello, 'silence'> = {
  start: { peerAt: 'east-1/b' },
  step: (me, event: Happens) => all(me, event).exhaustive(),
  timers: { silence: { milliseconds: 1000, source: 'here' } },
  armed: () => ['silence'],
}

const forgetful = (me: Host, event: Happens) =>
  match(event)
    .returnType<Step<Host, Hello>>()
    .with({ kind: 'attached' }, { kind: 'Update' }, { kind: 'silence' }, () => stay(me))
    // @ts-expect-error one that forgets a message does not
    .exhaustive()

// @ts-expect-error a message that the protocol does not have
send<Hello>({ kind: 'Updat', at: 'x' }, 'y')
// @ts-expect-error a message without what it must say
send<Hello>({ kind: 'Ack' }, 'y')

const misnamed: Role<Host, Hello, 'silence'> = {
  ...host,
  // @ts-expect-error a timer that it does not have cannot run
  armed: () => ['silense'],
}
const undeclared: Role<Host, Hello, 'silence' | 'other'> = {
  ...host,
  // @ts-expect-error every timer says how long it is
  timers: { silence: { milliseconds: 1000, source: 'here' } },
}
const otherState: Role<Host, Hello, 'silence'> = {
  ...host,
  // @ts-expect-error a step gives back a state of the role
  step: () => [{ peerIsAt: '' }, []],
}

// Assumptions are literals.
scenario('both-move', '', { movement: 'atomic', overlap: 'any', pace: 'settled', links: 'bag', losses: 'fair' })
// @ts-expect-error a movement that is none
scenario('both-move', '', { movement: 'teleport' })
// @ts-expect-error a loss that is neither a number nor fair
scenario('both-move', '', { losses: 'fiar' })
// @ts-expect-error a patience that is none
scenario('both-move', '', { timers: { silence: 'impatient' } })
// @ts-expect-error a field that is none
scenario('both-move', '', { loses: 1 })

const variant: Variant = {
  name: 'direct',
  title: '',
  source: '',
  repairs: false,
  scenarios: [scenario('both-move', '', {})],
  expect: { 'both-move': { 'a-property-of-ones-own': 'violated' } },
  nodes: () => [node('client', host, { from: 'west-1' }), node('laptop', host, { at: ['east-1/laptop'] })],
  subject: {
    ends: ['client', 'laptop'],
    beliefs: [
      { holder: 'client', about: 'laptop', believes: (view) => view.state<Host>('client').peerAt },
      // @ts-expect-error a belief is an address, or null where it knows of none
      { holder: 'laptop', about: 'client', believes: () => undefined },
    ],
  },
}
// Property ids are strings: anybody may have properties of their own.
expectTypeOf<keyof Variant['expect'][string]>().toEqualTypeOf<string>()
const expects: Variant['expect'] = {
  // @ts-expect-error what is expected is a verdict
  'both-move': { 'binding-eventually-correct': 'violted' },
}
const oneEnd: Variant['subject'] = {
  // @ts-expect-error a session has two ends
  ends: ['client'],
  beliefs: [],
}

export default {
  name: 'hello',
  title: '',
  source: '',
  variants: [variant],
  describe: ({ kind }) => ({ name: kind, detail: '' }),
} satisfies Protocol
// @ts-expect-error messages are told in the protocol's words
export const untold: Protocol = { name: 'hello', title: '', source: '', variants: [variant] }

export const properties = (checked: Checked): Property[] => [
  { id: 'a-stays', ...always(predicate(checked, 'it stays', (view) => (view.hasMoved('client') ? 'it moved' : true))) },
  {
    id: 'nothing',
    ...always(
      // @ts-expect-error false does not say why
      predicate(checked, 'it stays', () => false),
    ),
  },
  // @ts-expect-error a property has an id
  { ...always({ name: 'anything', holds: () => true }) },
]

export const unused = { forgetful, misnamed, undeclared, otherState, expects, oneEnd }
