import { innermost, type View } from '../../spec/index.ts'
import type { Mipv6Message } from '../../spec/mipv6/messages.ts'
import { nonceLifetime } from '../../spec/mipv6/timers.ts'
import { BINDING, HIJACK, REACH } from '../../spec/property-ids.ts'
import { startOf } from '../../spec/roaming.ts'
import { changeStep, inEveryState, withoutSending } from '../changes.ts'
import { type Claim, search, statement } from '../claim.ts'
import { underWay } from '../evidence.ts'
import { onArrival } from './on-arrival.ts'

const inFlight = (view: View): Mipv6Message[] =>
  view.inFlight().map((packet) => innermost(packet).message as Mipv6Message)

/** The key of the move before: its care-of token is of the address that a has left. */
const withOldToken = changeStep(['a'], (state, event, step) => {
  const [next, effects] = step(state, event)
  return [
    next,
    effects.map((effect) =>
      effect.message?.kind === 'BU'
        ? { ...effect, message: { ...effect.message, coToken: { ...effect.message.coToken, coa: startOf('a') } } }
        : effect,
    ),
  ]
})

/** Paper 004, §II: registrations and return routability. */
export const returnRoutability: readonly Claim[] = [
  {
    id: '004-02',
    where: '§II',
    claim: 'The home registration is begun first.',
    decide: {
      all: (['ro-seed', 'ro-rfc'] as const).map((variant) =>
        statement(variant, (searches) => {
          const sent = onArrival(searches, `mipv6/${variant}`).map(({ kind }) => kind)
          return { so: sent.length === 0 ? null : sent[0] === 'BU (home)', text: `on arrival: ${sent.join(', ')}` }
        }),
      ),
    },
    expected: 'holds',
    why: 'By §11.7 of the RFC, and in each variant.',
  },
  {
    id: '004-03',
    where: '§II',
    claim: 'Its acknowledgement need not be waited for.',
    decide: {
      all: [
        search('home agents never acknowledge', 'mipv6/ro-rfc-expedited', 'both-move-atomic', REACH, 'holds', {
          change: withoutSending(['ha-'], 'BA (home)'),
          but: { timers: { 'home BU retransmission': 'never' } },
        }),
      ],
    },
    expected: 'holds',
    why: 'Correspondent registrations go on without it.',
  },
  {
    id: '004-04',
    where: '§II.B',
    claim: 'Each move needs a new binding management key.',
    decide: {
      all: [
        search(
          'the care-of token of an update is that of the address that it names',
          'mipv6/ro-rfc-expedited',
          'one-moves-twice',
          'own token',
          'holds',
          {
            shows: underWay('BU'),
            own: inEveryState('own token', (view) => {
              const wrong = inFlight(view).find((m) => m.kind === 'BU' && m.coToken.coa !== m.coa)
              return wrong === undefined ? true : 'an update is authorised by the token of another address'
            }),
          },
        ),
        search(
          'an update with the token of the address before is not believed',
          'mipv6/ro-rfc-expedited',
          'one-moves',
          BINDING,
          'violated',
          { shows: underWay('BU'), change: withOldToken },
        ),
      ],
    },
    expected: 'holds',
    why: 'The key is made of both tokens, and the care-of token is of one address.',
  },
  {
    id: '004-05',
    where: '§II.B',
    claim: 'A recent home keygen token can be used again.',
    decide: {
      all: [
        search('while its nonce is good', 'mipv6/ro-rfc-expedited', 'one-moves', BINDING, 'holds'),
        search(
          'when it may have expired: refused by 136, and obtained anew',
          'mipv6/ro-rfc-expedited',
          'one-moves-nonce-expires',
          BINDING,
          'holds',
        ),
      ],
    },
    expected: 'holds',
    why: `While its nonce is good, ${nonceLifetime.milliseconds / 1000} s at most; after that the correspondent says so.`,
  },
  {
    id: '004-25',
    where: '§II, footnote 1',
    claim: 'An attacker needs to listen on both paths.',
    decide: {
      all: [
        search('on the home path alone', 'mipv6/ro-rfc', 'attacker-on-home-path', HIJACK, 'holds'),
        search('on the care-of path alone', 'mipv6/ro-rfc', 'attacker-on-care-of-path', HIJACK, 'holds'),
        search('on neither', 'mipv6/ro-rfc', 'attacker-off-path', HIJACK, 'holds'),
      ],
    },
    expected: 'fails',
    why: "The home path is enough: the care-of token is the attacker's own, asked for by its own address.",
  },
]
