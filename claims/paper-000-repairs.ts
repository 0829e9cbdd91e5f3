import type { Node, Packet } from '../spec/index.ts'
import type { HomeAgent } from '../spec/mip/agents.ts'
import { BINDING, GOOD_END, REACH, SESSION } from '../spec/property-ids.ts'
import { longestWait } from './calculations/timers.ts'
import { changeStep, inEveryState, withoutSending } from './changes.ts'
import { type Claim, search, statement } from './claim.ts'
import type { Found } from './run.ts'

const messagesOf = (found: Found): Set<string> =>
  new Set(
    'trace' in found.verdict
      ? found.verdict.trace?.steps.flatMap((step) => (step.taken === undefined ? [] : [step.taken.name]))
      : [],
  )

/** Interceptors that look after one kind of message only. */
const interceptOnly =
  (kind: string) =>
  (nodes: readonly Node[]): readonly Node[] =>
    nodes.map((n) => {
      if (!n.name.startsWith('interceptor')) return n
      const intercepts = (state: { entries: object }, address: string, packet: Packet): boolean =>
        address in state.entries && packet.message.kind === kind
      return { ...n, role: { ...n.role, intercepts: intercepts as never } }
    })

/** The home server of b goes elsewhere, and nobody is told. */
const movingProxy = (nodes: readonly Node[]): readonly Node[] =>
  changeStep(['server-b'], (state, event, step) => (event.kind === 'attached' ? [state, []] : step(state, event)))(
    nodes,
  ).map((n) => {
    if (n.name !== 'server-b') return n
    const { at: _, ...rest } = n
    return { ...rest, from: { network: 'home-b', address: 'home-b/server' } }
  })

/** Paper 000, §IV: repairs. */
export const repairs: readonly Claim[] = [
  {
    id: '000-22',
    where: '§IV.A, Fig. 7',
    claim: 'Retransmission through a server that looks up again succeeds.',
    decide: {
      cases: [
        search("at the paper's detail", 'sip-paper/relookup-on-retransmit', 'both-move', BINDING, 'holds'),
        search('by RFC 3261', 'sip/relookup-on-retransmit', 'both-move', BINDING, 'holds'),
        search('by RFC 3261, preferring 491 to 408', 'sip/relookup-on-retransmit-491', 'both-move', BINDING, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'By RFC 3261 a stale branch is waited for; glare meanwhile, and the 408 that ends the wait ends the call.',
  },
  {
    id: '000-23',
    where: '§IV.A',
    claim: 'It can add significant latency.',
    decide: {
      all: [
        statement('the longest wait for the next retransmission', () => {
          const wait = longestWait()
          return { so: wait >= 1, text: `up to ${wait} s` }
        }),
      ],
    },
    expected: 'holds',
    why: 'Timer A doubles: up to 16 s.',
  },
  {
    id: '000-24',
    where: '§IV.B',
    claim: 'MIP-RO is repaired by forwarding and warning.',
    decide: {
      all: [
        search('both', 'mip-ro/forwarding-and-warning', 'both-move', BINDING, 'holds'),
        search('neither', 'mip-ro/plain', 'both-move', BINDING, 'violated'),
        search('forwarding alone leaves bindings wrong', 'mip-ro/forwarding-only', 'both-move', BINDING, 'violated'),
      ],
    },
    expected: 'holds',
    why: 'It is the warning that mends bindings; forwarding saves what is under way.',
  },
  {
    id: '000-25',
    where: '§IV.B',
    claim: 'An RTP translator saves media while signalling is under way.',
    decide: {
      all: [
        search('with it data flow', 'sip-paper/rtp-translator', 'both-move', REACH, 'holds'),
        search('without it they do not', 'sip-paper/direct', 'both-move', REACH, 'violated'),
        search('bindings stay wrong', 'sip-paper/rtp-translator', 'both-move', BINDING, 'violated'),
      ],
    },
    expected: 'holds',
    why: 'It forwards media, and repairs no binding.',
  },
  {
    id: '000-26',
    where: '§IV.C',
    claim: 'Simultaneous bindings help.',
    decide: {
      cases: [
        search('a long overlap', 'sip/simultaneous-bindings', 'both-move', BINDING, 'holds'),
        search(
          "an overlap of a round trip, at the paper's detail",
          'sip-paper/simultaneous-bindings',
          'both-move-overlap-round-trip',
          BINDING,
          'holds',
        ),
        search(
          'an overlap of a round trip, by RFC 3261',
          'sip/simultaneous-bindings',
          'both-move-overlap-round-trip',
          BINDING,
          'holds',
        ),
        search('an overlap of any length', 'sip/simultaneous-bindings', 'both-move-overlap-any', BINDING, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'If the overlap outlasts the updates, and, by RFC 3261, a back-off after glare.',
  },
  {
    id: '000-27',
    where: '§IV.C',
    claim: 'They are not to be had everywhere: a home agent may refuse.',
    decide: {
      all: [
        search(
          'code 1: one address is kept',
          'mip/simultaneous-bindings-refused',
          'both-move',
          'one address',
          'holds',
          {
            own: inEveryState('one address', (view) =>
              view.state<HomeAgent>('ha-a').also === null ? true : 'the home agent keeps two addresses',
            ),
          },
        ),
        search('granted: two are', 'mip/simultaneous-bindings', 'both-move', 'one address', 'violated', {
          own: inEveryState('one address', (view) =>
            view.state<HomeAgent>('ha-a').also === null ? true : 'the home agent keeps two addresses',
          ),
        }),
      ],
    },
    expected: 'holds',
    why: 'RFC 5944 §3.4, code 1: accepted, but without simultaneous bindings.',
  },
  {
    id: '000-28',
    where: '§IV.D',
    claim: 'Proxies must be stationary.',
    decide: {
      all: [
        search(
          'a proxy that moves, and tells nobody',
          'sip-paper/resend-replace-branch',
          'both-move',
          BINDING,
          'violated',
          {
            but: { moves: { a: ['west-2'], b: ['east-2'], 'server-b': ['elsewhere'] } },
            change: movingProxy,
          },
        ),
        search('a proxy that stays', 'sip-paper/resend-replace-branch', 'both-move', BINDING, 'holds'),
      ],
    },
    expected: 'holds',
    why: 'A proxy that moves is one more party that has to be found: registrations and requests go to where it was.',
  },
  {
    id: '000-29',
    where: '§IV.D',
    claim: 'A stationary location proxy and a stationary update proxy solve the problem in general.',
    decide: {
      cases: [
        search('MIP-LR, answers revised', 'mip-lr/revised-answers', 'both-move', BINDING, 'holds'),
        search('MIP-LR, asked once', 'mip-lr/hlr-initiated', 'both-move', BINDING, 'holds'),
        search(
          'SIP, a pending request resent on REGISTER in the place of the stale one',
          'sip/resend-replace-branch',
          'both-move',
          BINDING,
          'holds',
        ),
        search('SIP, beside the stale one', 'sip/resend-add-branch', 'both-move', BINDING, 'holds'),
        search('MIPv6', 'mipv6/stationary-proxies-expedited', 'both-move', BINDING, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'Only if the update proxy hears again when the other registers later.',
  },
  {
    id: '000-30',
    where: '§IV.D, Fig. 8',
    claim: 'HLR-initiated updates reach the right place.',
    decide: {
      cases: [
        search('in some run', 'mip-lr/hlr-initiated', 'both-move', GOOD_END, 'holds'),
        search('in every run', 'mip-lr/hlr-initiated', 'both-move', BINDING, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'Fig. 8 shows the lucky order: a register that asks before the other has registered loses one side.',
  },
  {
    id: '000-31',
    where: '§IV.D',
    claim: 'Answers that are revised within a window, for example of 1 s, repair that.',
    decide: {
      cases: [
        search('a window that outlasts the move', 'mip-lr/revised-answers', 'both-move', BINDING, 'holds'),
        search('packets overtake each other', 'mip-lr/revised-answers', 'both-move-reordered', BINDING, 'holds'),
        search('a window that may close earlier', 'mip-lr/revised-answers', 'both-move-short-window', BINDING, 'holds'),
        search(
          'without numbers, one host moving twice',
          'mip-lr/revised-answers-unnumbered',
          'one-moves-twice',
          BINDING,
          'holds',
        ),
      ],
    },
    expected: 'conditional',
    why: "If the window outlasts the correspondent's move, and updates are numbered, which the paper's are not.",
  },
  {
    id: '000-32',
    where: '§IV.D',
    claim: 'Direct updates besides reduce latency.',
    decide: {
      all: [
        statement('fewer steps until every binding is right, when nothing else delays a direct update', (run) => {
          const scenario = 'one-moves'
          const withDirect = run.leastSteps('mip-lr/direct', scenario)
          const byRegister = run.leastSteps(
            'mip-lr/hlr-initiated',
            scenario,
            withoutSending(['a', 'b'], 'Update', (e) => !e.to.endsWith('/hlr')),
          )
          const so = withDirect !== null && byRegister !== null && withDirect < byRegister
          return { so, text: `at most ${withDirect} steps directly, ${byRegister} by the registers alone` }
        }),
      ],
    },
    expected: 'holds',
    why: 'Counted in steps: a direct update takes one way, the register asks, is answered and then tells.',
  },
  {
    id: '000-33',
    where: '§IV.D',
    claim: 'For SIP, a pending request is sent again at once when the other registers.',
    decide: {
      cases: [
        search("at the paper's detail", 'sip-paper/resend-add-branch', 'both-move', BINDING, 'holds'),
        search('by RFC 3261, one more branch', 'sip/resend-add-branch', 'both-move', BINDING, 'holds'),
        search('by RFC 3261, replacing the stale branch', 'sip/resend-replace-branch', 'both-move', BINDING, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'By RFC 3261 only if the stale branch is given up (seen on the wire as well).',
  },
  {
    id: '000-34',
    where: '§IV.D',
    claim: 'Otherwise it is like Fig. 7.',
    decide: {
      all: [
        statement('the same kinds of message on the way to a good end', (run) => {
          const [one, other] = ['relookup-on-retransmit', 'resend-add-branch'].map((variant) =>
            [...messagesOf(run.search(search('', `sip-paper/${variant}`, 'both-move', GOOD_END, 'holds')))]
              .sort()
              .join(', '),
          )
          return { so: one === other, text: `${one} | ${other}` }
        }),
      ],
    },
    expected: 'holds',
    why: 'The shortest good runs use the same messages.',
  },
  {
    id: '000-35',
    where: '§IV.D',
    claim: 'An Interceptor together with timers is an alternative.',
    decide: {
      cases: [
        search('retransmissions outlast the entry', 'sip/interceptor', 'both-move', SESSION, 'holds'),
        search('they may all be spent before', 'sip/interceptor', 'both-move-eager', SESSION, 'holds'),
        search('the message that makes the entry is lost', 'sip/interceptor', 'both-move-one-loss', SESSION, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'If the entry is there before the last retransmission; nothing acknowledges it.',
  },
  {
    id: '000-36',
    where: '§IV.E, Fig. 9',
    claim: 'An Interceptor repairs session initiation as well.',
    decide: {
      cases: [
        search(
          'it looks after every message',
          'sip-setup/paper-interceptor',
          'both-move',
          'the-call-is-set-up',
          'holds',
        ),
        search('by RFC 3261 as well', 'sip-setup/interceptor', 'both-move', 'the-call-is-set-up', 'holds'),
        search(
          'it looks after INVITEs only',
          'sip-setup/paper-interceptor',
          'both-move',
          'the-call-is-set-up',
          'holds',
          {
            change: interceptOnly('INVITE'),
          },
        ),
        search(
          'one packet is lost',
          'sip-setup/paper-interceptor',
          'both-move-one-loss',
          'the-call-is-set-up',
          'holds',
        ),
      ],
    },
    expected: 'conditional',
    why: 'If it also forwards responses and ACKs, and its entry is made.',
  },
  {
    id: '000-37',
    where: '§II',
    claim: 'A location register can be replicated.',
    decide: {
      cases: [
        search('replicas revise the answers that they gave', 'mip-lr/replicated', 'both-move', BINDING, 'holds'),
        search('replicas forget who asked', 'mip-lr/replicated-forgetful', 'both-move', BINDING, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'The replica that was asked must revise its answer when the copy arrives: the register itself does not know who asked.',
  },
]
