// Two hosts that move, and a directory that does not. In `unpatched` a host tells its peer where it has gone, at the last address that it knows,
// again and again until it is acknowledged; in `repaired` it asks the directory for another address when nothing comes back.
// Left out: authentication.
import {
  type Address,
  addressIn,
  type Event,
  node,
  type Protocol,
  type Role,
  type Step,
  scenario,
  send,
  stay,
  type Variant,
} from 'doublejump'
import { match } from 'ts-pattern'

// Messages: a union with one flat discriminant, `kind`. Use the names of your standard.
type Message =
  | { readonly kind: 'Update'; readonly from: Name; readonly at: Address; readonly number: number }
  | { readonly kind: 'Ack'; readonly number: number }
  | { readonly kind: 'Query'; readonly about: Name }
  | { readonly kind: 'Answer'; readonly at: Address }

type Name = 'phone' | 'laptop'
const FIRST = { phone: 'cell-1', laptop: 'wifi-1' } as const
const DIRECTORY: Address = 'core/directory'
const firstAddress = (name: Name): Address => addressIn(FIRST[name], name)

// What a host remembers: plain data that is never changed, only replaced.
interface Host {
  readonly here: Address
  readonly peerAt: Address
  /** Of my last update, and of the last one that I heard of the peer. */
  readonly number: number
  readonly heard: number
  readonly waiting: boolean
}

// What a host does: a pure function of what it remembers and of what happens. `.exhaustive()` makes the compiler complain about a message or a
// timer that no case handles.
function host(name: Name, peer: Name, asks: boolean): Role<Host, Message, 'no answer'> {
  const update = (me: Host, to: Address) =>
    send<Message>({ kind: 'Update', from: name, at: me.here, number: me.number }, to)
  return {
    start: { here: firstAddress(name), peerAt: firstAddress(peer), number: 0, heard: 0, waiting: false },
    step: (me, event: Event<Message, 'no answer'>): Step<Host, Message> =>
      match(event)
        .returnType<Step<Host, Message>>()
        .with({ kind: 'attached' }, ({ address }) => {
          const moved = { ...me, here: address, number: me.number + 1, waiting: true }
          return [moved, [update(moved, DIRECTORY), update(moved, moved.peerAt)]]
        })
        .with({ kind: 'Update' }, ({ at, number, source }) => {
          const ack = send<Message>({ kind: 'Ack', number }, source)
          return number < me.heard ? [me, [ack]] : [{ ...me, heard: number, peerAt: at }, [ack]]
        })
        .with({ kind: 'Ack' }, ({ number }) => stay(number === me.number ? { ...me, waiting: false } : me))
        .with({ kind: 'Answer' }, ({ at }) => [{ ...me, peerAt: at }, [update(me, at)]])
        .with({ kind: 'no answer' }, () => [
          me,
          [asks ? send<Message>({ kind: 'Query', about: peer }, DIRECTORY) : update(me, me.peerAt)],
        ])
        .with({ kind: 'Query' }, () => stay(me))
        .exhaustive(),
    timers: { 'no answer': { milliseconds: 1000, source: 'this file' } },
    // Which timers run is a function of the state: none can be forgotten, or left behind.
    armed: (me) => (me.waiting ? ['no answer'] : []),
    pending: (me) => (me.waiting ? 'waits for an Ack' : null),
  }
}

const directory: Role<{ readonly at: Readonly<Record<Name, Address>> }, Message> = {
  start: { at: { phone: firstAddress('phone'), laptop: firstAddress('laptop') } },
  step: (me, event: Event<Message>) => {
    if (event.kind === 'Update') return stay({ at: { ...me.at, [event.from]: event.at } })
    return event.kind === 'Query'
      ? [me, [send<Message>({ kind: 'Answer', at: me.at[event.about] }, event.source)]]
      : stay(me)
  },
}

// Who moves, and where to. Nothing is lost unless a scenario says so: `losses: 1`, `links: 'bag'`, `movement: 'atomic'`, …
const scenarios = [
  scenario('one-moves', 'One host moves.', { moves: { phone: ['cell-2'] } }),
  scenario('both-move', 'Both hosts move: the double jump.', { moves: { phone: ['cell-2'], laptop: ['wifi-2'] } }),
]

const variant = (name: string, title: string, repairs: boolean, expect: Variant['expect']): Variant => ({
  name,
  title,
  source: 'this file',
  repairs,
  scenarios,
  expect,
  nodes: () => [
    node('phone', host('phone', 'laptop', repairs), { from: FIRST.phone }),
    node('directory', directory, { at: [DIRECTORY] }),
    node('laptop', host('laptop', 'phone', repairs), { from: FIRST.laptop }),
  ],
  // What properties look at: who thinks that whom is where.
  subject: {
    ends: ['phone', 'laptop'],
    beliefs: [
      { holder: 'phone', about: 'laptop', believes: (view) => view.state<Host>('phone').peerAt },
      { holder: 'laptop', about: 'phone', believes: (view) => view.state<Host>('laptop').peerAt },
    ],
  },
})

export default {
  name: 'my-protocol',
  title: 'Two hosts that move, and a directory that does not',
  source: 'this file',
  variants: [
    // Everything is expected to hold, and it does not: `doublejump check` says so. Once you have seen why, say what you expect:
    // { 'both-move': { 'binding-eventually-correct': 'violated' } }
    variant('unpatched', 'tells the last known address, again and again', false, {}),
    variant('repaired', 'asks the directory when nothing comes back', true, {}),
  ],
  describe: (message) => ({ name: message.kind, detail: 'at' in message ? String(message.at) : '' }),
} satisfies Protocol
