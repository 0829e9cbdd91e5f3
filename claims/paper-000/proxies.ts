import type { Node } from '../../spec/index.ts'
import { BINDING, GOOD_END } from '../../spec/property-ids.ts'
import { changeStep, withoutSending } from '../changes.ts'
import { type Claim, fewerSteps, search, statement } from '../claim.ts'
import type { Found } from '../searches.ts'

const messagesOf = (found: Found): Set<string> =>
  new Set(
    'trace' in found.verdict
      ? found.verdict.trace?.steps.flatMap((step) => (step.taken === undefined ? [] : [step.taken.name]))
      : [],
  )

/** The home server of b goes elsewhere, and nobody is told. */
const movingProxy = (nodes: readonly Node[]): readonly Node[] =>
  changeStep(['server-b'], (state, event, step) => (event.kind === 'attached' ? [state, []] : step(state, event)))(
    nodes,
  ).map((n) => {
    if (n.name !== 'server-b') return n
    const { at: _, ...rest } = n
    return { ...rest, from: { network: 'home-b', address: 'home-b/server' } }
  })

/** Paper 000, §IV.D: stationary proxies, and registers that can be replicated (§II). */
export const proxies: readonly Claim[] = [
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
        statement('fewer steps until every binding is right, when nothing else delays a direct update', (searches) => {
          const scenario = 'one-moves'
          const withDirect = searches.leastSteps('mip-lr/direct', scenario)
          const byRegister = searches.leastSteps(
            'mip-lr/hlr-initiated',
            scenario,
            withoutSending(['a', 'b'], 'Update', (e) => !e.to.endsWith('/hlr')),
          )
          return fewerSteps(
            withDirect,
            byRegister,
            (one, other) => `at most ${one} steps directly, ${other} by the registers alone`,
          )
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
        statement('the same kinds of message on the way to a good end', (searches) => {
          const runs = ['relookup-on-retransmit', 'resend-add-branch'].map((variant) =>
            searches.search(search('', `sip-paper/${variant}`, 'both-move', GOOD_END, 'holds')),
          )
          const [one, other] = runs.map((found) => [...messagesOf(found)].sort().join(', '))
          return { so: one === other, text: `${one} | ${other}`, found: runs[1]! }
        }),
      ],
    },
    expected: 'holds',
    why: 'The shortest good runs use the same messages.',
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
