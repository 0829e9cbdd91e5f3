// Two hosts that tell each other where they go. In `direct` the update goes to the last known address and is sent again and
// again; in `rendezvous` a host that gets no answer asks a fixed server where the other is. Left out: authentication.
import type { Address, Event, Protocol, Role, Step, Variant } from 'doublejump'
import { node, scenario, send, stay } from 'doublejump'
import { match } from 'ts-pattern'

type Hello =
  | { readonly kind: 'Update'; readonly from: string; readonly at: Address; readonly number: number }
  | { readonly kind: 'Ack'; readonly number: number }
  | { readonly kind: 'Query'; readonly about: string }
  | { readonly kind: 'Answer'; readonly at: Address }

interface Host {
  readonly here: Address
  readonly peerAt: Address
  /** Number of my last update, and of the last one that I heard of the peer. */
  readonly number: number
  readonly heard: number
  readonly waiting: boolean
}

const SERVER = 'core/server'
const START = { a: 'west-1/a', b: 'east-1/b' }

function host(name: 'a' | 'b', peer: 'a' | 'b', asks: boolean): Role<Host, Hello, 'silence'> {
  const update = (me: Host, to: Address) =>
    send<Hello>({ kind: 'Update', from: name, at: me.here, number: me.number }, to)
  const ask = send<Hello>({ kind: 'Query', about: peer }, SERVER)
  return {
    start: { here: START[name], peerAt: START[peer], number: 0, heard: 0, waiting: false },
    step: (me, event: Event<Hello, 'silence'>): Step<Host, Hello> =>
      match(event)
        .returnType<Step<Host, Hello>>()
        .with({ kind: 'attached' }, ({ address }) => {
          const moved = { ...me, here: address, number: me.number + 1, waiting: true }
          return [moved, [update(moved, SERVER), update(moved, moved.peerAt)]]
        })
        .with({ kind: 'Update' }, ({ at, number, source }) => {
          const ack = send<Hello>({ kind: 'Ack', number }, source)
          return number < me.heard ? [me, [ack]] : [{ ...me, heard: number, peerAt: at }, [ack]]
        })
        .with({ kind: 'Ack' }, ({ number }) => stay(number === me.number ? { ...me, waiting: false } : me))
        .with({ kind: 'Answer' }, ({ at }) => [{ ...me, peerAt: at }, [update(me, at)]])
        .with({ kind: 'silence' }, () => [me, [asks ? ask : update(me, me.peerAt)]])
        .with({ kind: 'Query' }, () => stay(me))
        .exhaustive(),
    timers: { silence: { milliseconds: 1000, source: 'this example' } },
    armed: (me) => (me.waiting ? ['silence'] : []),
    pending: (me) => (me.waiting ? 'waits for an Ack' : null),
  }
}

const server: Role<{ readonly at: Readonly<Record<string, Address>> }, Hello> = {
  start: { at: START },
  step: (me, event: Event<Hello>) => {
    if (event.kind === 'Update') return stay({ at: { ...me.at, [event.from]: event.at } })
    return event.kind === 'Query'
      ? [me, [send<Hello>({ kind: 'Answer', at: me.at[event.about]! }, event.source)]]
      : stay(me)
  },
}

const scenarios = [
  scenario('one-moves', 'One host moves.', { moves: { a: ['west-2'] } }),
  scenario('both-move', 'Both hosts move.', { moves: { a: ['west-2'], b: ['east-2'] } }),
]

const variant = (name: string, asks: boolean, expect: Variant['expect']): Variant => ({
  name,
  title: asks ? 'asks a server after silence' : 'tells the last known address, again and again',
  source: 'docs/tutorial.md',
  repairs: asks,
  scenarios,
  expect,
  nodes: () => [
    node('a', host('a', 'b', asks), { from: 'west-1' }),
    node('server', server, { at: [SERVER] }),
    node('b', host('b', 'a', asks), { from: 'east-1' }),
  ],
  subject: {
    ends: ['a', 'b'],
    beliefs: [
      { holder: 'a', about: 'b', believes: (view) => view.state<Host>('a').peerAt },
      { holder: 'b', about: 'a', believes: (view) => view.state<Host>('b').peerAt },
    ],
  },
})

export default {
  name: 'hello',
  title: 'Two hosts that tell each other where they go',
  source: 'docs/tutorial.md',
  variants: [
    variant('direct', false, { 'both-move': { 'binding-eventually-correct': 'violated' } }),
    variant('rendezvous', true, {}),
  ],
  describe: (message) => ({ name: message.kind, detail: 'at' in message ? String(message.at) : '' }),
} satisfies Protocol
