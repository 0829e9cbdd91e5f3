import type { Value } from '../checker/model.ts'
import { innermost, type View } from '../spec/index.ts'
import type { Mipv6Message } from '../spec/mipv6/messages.ts'
import { BINDING, HIJACK, REACH } from '../spec/property-ids.ts'
import { ENDS } from '../spec/roaming.ts'
import { inEveryState, isOver, rightAbout, somewhere, withoutSending } from './changes.ts'
import { type Claim, search, statement } from './claim.ts'
import type { Runner } from './run.ts'

const HANG = 'both-return-routabilities-hang'
const LOST_UPDATE = 'an-update-is-lost-after-return-routability'

interface Sent {
  readonly do: string
  readonly to?: string
  readonly message?: { readonly kind: string }
  readonly packet?: { readonly destination: string; readonly message: { readonly kind: string } }
}

/** What a mobile node sends on arrival, and where it goes; through tunnels. */
function onArrival(run: Runner, target: string): { readonly kind: string; readonly to: string }[] {
  const { role } = run.nodes(target, 'one-moves').find((n) => n.name === 'a')!
  const step = role.step as unknown as (s: unknown, e: unknown) => readonly [unknown, readonly Sent[]]
  return step(role.start, { kind: 'attached', address: 'west-2/a' })[1].map((effect) =>
    effect.do === 'send'
      ? { kind: effect.message!.kind, to: effect.to! }
      : { kind: effect.packet!.message.kind, to: effect.packet!.destination },
  )
}

const inFlight = (view: View): Mipv6Message[] =>
  view.inFlight().map((packet) => innermost(packet).message as Mipv6Message)

/** Paper 004, §I–§III: the problem. */
export const mipv6Problem: readonly Claim[] = [
  {
    id: '004-01',
    where: '§III, Fig. 1',
    claim: "Both nodes' return routability messages are lost.",
    decide: {
      cases: [
        search(
          'signalling to the care-of address, as the paper has it: there is a run',
          'mipv6/ro-seed',
          'both-move',
          HANG,
          'holds',
        ),
        search('and bindings stay wrong', 'mipv6/ro-seed', 'both-move', BINDING, 'violated'),
        search(
          'signalling to the home address, as RFC 6275 §6.1.1 has it: bindings stay wrong',
          'mipv6/ro-rfc',
          'both-move',
          BINDING,
          'violated',
        ),
      ],
    },
    expected: 'conditional',
    why: 'RFC 6275 sends Mobility Header messages to the home address, whose agent is told first.',
  },
  {
    id: '004-02',
    where: '§II',
    claim: 'The home registration is begun first.',
    decide: {
      all: (['ro-seed', 'ro-rfc'] as const).map((variant) =>
        statement(variant, (run) => {
          const sent = onArrival(run, `mipv6/${variant}`).map(({ kind }) => kind)
          return { so: sent[0] === 'BU (home)', text: `on arrival: ${sent.join(', ')}` }
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
            own: inEveryState('own token', (view) => {
              const wrong = inFlight(view).find((m) => m.kind === 'BU' && m.coToken.coa !== m.coa)
              return wrong === undefined ? true : 'an update is authorised by the token of another address'
            }),
          },
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
    why: 'For 210 s; after that the correspondent says so.',
  },
  {
    id: '004-06',
    where: '§III',
    claim: 'Moves of the other node before step 4 (the correspondent registration) do not matter.',
    decide: {
      all: [
        statement('no test of the second to move is lost because the first had moved before', (run) => {
          const found = run.search(search('', 'mipv6/ro-seed', 'both-move-atomic', BINDING, 'violated'))
          const steps = 'trace' in found.verdict ? found.verdict.trace!.steps : []
          const moves = steps.flatMap((step) => (step.kind === 'move' ? [step.actor!] : []))
          const second = moves[1]!
          const lost = steps.filter((step) => step.kind === 'lost' && step.taken?.source.endsWith(`/${second}`))
          return {
            so: lost.length === 0,
            text: `${lost.length} messages of ${second}, the second to move, are lost where ${moves[0]} had been`,
          }
        }),
      ],
    },
    expected: 'fails',
    why: 'They matter as long as they have not been heard of: the tests of whoever moves second go to where the first was before step 4.',
  },
  {
    id: '004-07',
    where: '§III.A',
    claim: "If A's registration fails, so does B's.",
    decide: {
      all: (['both-move', 'both-move-no-retransmission'] as const).map((scenario) =>
        search(scenario, 'mipv6/ro-seed', scenario, 'both fail or neither', 'holds', {
          own: (checked) =>
            inEveryState('both fail or neither', (view) => {
              if (!isOver(view)) return true
              const [a, b] = ENDS.map((end) => rightAbout(checked, view, end))
              return a === b ? true : 'one is right about the other, and not the other way round'
            })(checked),
        }),
      ),
    },
    expected: 'holds',
    why: 'Whoever is not found cannot be told, and sends to where the other was.',
  },
  {
    id: '004-08',
    where: '§III.A',
    claim: "B's Home Test Init goes, by B's home agent, to A's old care-of address.",
    decide: {
      cases: [
        statement('as the paper sends it', (run) => {
          const test = onArrival(run, 'mipv6/ro-seed').find(({ kind }) => kind === 'HoTI')!
          return { so: test.to === 'east-1/b', text: `it is addressed to ${test.to}` }
        }),
        statement('as RFC 6275 §11.7 sends it', (run) => {
          const test = onArrival(run, 'mipv6/ro-rfc').find(({ kind }) => kind === 'HoTI')!
          return { so: test.to === 'east-1/b', text: `it is addressed to ${test.to}` }
        }),
      ],
    },
    expected: 'conditional',
    why: "By the RFC its destination is A's home address, so that A's home agent gets it.",
  },
  {
    id: '004-09',
    where: '§III.A',
    claim: "What has not reached B is 'one or both of the Home Test Init messages'.",
    decide: {
      all: [
        search('no Care-of Test Init is ever lost', 'mipv6/ro-seed', 'both-move', 'a CoTI goes astray', 'violated', {
          own: somewhere('a CoTI goes astray', (view) =>
            view
              .inFlight()
              .some((p) => innermost(p).message.kind === 'CoTI' && view.holder(p.destination) === undefined)
              ? true
              : 'no CoTI goes to an address that was left',
          ),
        }),
      ],
    },
    expected: 'fails',
    why: 'A slip: there is one Home Test Init a node, and the Care-of Test Init is lost as well.',
  },
  {
    id: '004-10',
    where: '§III.B, Fig. 3',
    claim: 'Return routability can be complete and the Binding Update still be lost.',
    decide: { all: [search('signalling to the care-of address', 'mipv6/ro-seed', 'both-move', LOST_UPDATE, 'holds')] },
    expected: 'holds',
    why: 'The other node moves after the tests and before the update.',
  },
  {
    id: '004-11',
    where: '§III.C',
    claim: 'The same happens with expedited return routability.',
    decide: {
      cases: [
        search('signalling to the care-of address', 'mipv6/ro-seed-expedited', 'both-move', BINDING, 'violated'),
        search('signalling to the home address', 'mipv6/ro-rfc-expedited', 'both-move', BINDING, 'violated'),
      ],
    },
    expected: 'conditional',
    why: 'As with full return routability: not by the RFC.',
  },
  {
    id: '004-12',
    where: '§I',
    claim: 'Communication breaks.',
    decide: {
      cases: [
        search('until bindings run out', 'mipv6/ro-seed', 'both-move', REACH, 'violated'),
        search('for good', 'mipv6/ro-seed', 'both-move-lifetimes-expire', REACH, 'violated'),
      ],
    },
    expected: 'conditional',
    why: 'For 420 s at most: then data go by the home addresses.',
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
  {
    id: '004-26',
    where: '§I',
    claim: 'MIPv4 has no such problem.',
    decide: {
      all: [
        search('co-located', 'mip/co-located', 'both-move', REACH, 'holds'),
        search('by foreign agents', 'mip/foreign-agent', 'both-move', REACH, 'holds'),
      ],
    },
    expected: 'holds',
    why: 'As 000-01.',
  },
  {
    id: '004-27',
    where: '§I',
    claim: "Route optimization is not in MIPv4's specification: correspondents keep no binding.",
    decide: {
      all: [
        statement("a mobile node knows its peer's home address and nothing else of it", (run) => {
          const { role } = run.nodes('mip/co-located', 'both-move').find((n) => n.name === 'a')!
          const [effect] = role.sendData!(role.start as never, 'b') as unknown as readonly Sent[]
          const state = JSON.stringify(role.start as unknown as Value)
          return {
            so: effect!.to === 'home-b/b' && !state.includes('/b'),
            text: `data go to ${effect!.to}; its state: ${state}`,
          }
        }),
      ],
    },
    expected: 'holds',
    why: 'It has only ever been a draft (`mip-ro`).',
  },
]
