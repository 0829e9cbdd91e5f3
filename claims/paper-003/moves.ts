import { type Checked, noHijack } from '../../properties/index.ts'
import { type Event, type Message, type Node, node, type Role, type Step, send } from '../../spec/index.ts'
import { BINDING, HIJACK } from '../../spec/property-ids.ts'
import { ENDS, other, startOf } from '../../spec/roaming.ts'
import type { Host } from '../../spec/tmsp/host.ts'
import { inviteRetry, inviteTimeout } from '../../spec/tmsp/messages.ts'
import { checkValue, header } from '../calculations/authentication-header.ts'
import { changeStep, dataAreDirect, inEveryState } from '../changes.ts'
import { type Claim, fewerSteps, search, statement } from '../claim.ts'
import { endsFound, seen, underWay } from '../evidence.ts'
import type { Found } from '../searches.ts'
import { TRANSPARENT } from './properties.ts'

/** An intruder that says in a's name that a is where the intruder is. */
const forger: Role<{ readonly tries: number }, Message, 'forged re-INVITE'> = {
  start: { tries: 1 },
  step: (me, event: Event<Message, 'forged re-INVITE'>): Step<{ readonly tries: number }, Message> =>
    event.kind === 'forged re-INVITE'
      ? [{ tries: 0 }, [send({ kind: 're-INVITE', coa: EVE, number: 9 } as Message, 'east-1/b')]]
      : [me, []],
  timers: { 'forged re-INVITE': { milliseconds: 1, source: 'the intruder chooses' } },
  armed: ({ tries }) => (tries > 0 ? ['forged re-INVITE'] : []),
}

const EVE = 'south/eve'

const withIntruder = {
  but: { timers: { 'forged re-INVITE': 'at will' as const } },
  change: (nodes: readonly Node[]): readonly Node[] => [...nodes, node('eve', forger, { at: [EVE] })],
  own: (checked: Checked) => noHijack({ ...checked, subject: { ...checked.subject, strangers: ['eve'] } })!,
}

const fromServer = seen('a redirect server tells a correspondent', (view) =>
  view.inFlight().some(({ source, message }) => source.startsWith('rs-') && message.kind === 're-INVITE')
    ? true
    : 'no server tells anybody',
)

const AT_THE_TIME_OUT = 'tmsp/lookup-at-time-out'
const AT_A_FRACTION = 'tmsp/lookup-at-fraction'

/** Somebody's datagrams go to an address that the connection did not begin with, and whoever they are for is there. */
const mapped = seen('a datagram is mapped to where its receiver has moved', (view) =>
  ENDS.some((end) => {
    const to = view.state<Host>(end).tables.careOf[other(end)]!
    return to !== startOf(other(end)) && view.held(other(end)).includes(to)
  })
    ? true
    : 'nobody knows of a move',
)

/** Whether an AH whose reserved bits were used on the way still has its check value. */
const authenticates = (given: string, cleared: boolean) =>
  statement(given, () => {
    const sent = header(0)
    const received = header(cleared ? 0 : 7)
    const so = checkValue(sent).equals(checkValue(received))
    return { so, text: so ? 'the check value is right' : 'the check value is wrong: the packet is thrown away' }
  })

/** Paper 003, §I, §III and §V: transparency, and recovery of simultaneous moves. */
export const moves: readonly Claim[] = [
  {
    id: '003-01',
    where: '§I',
    claim:
      'Six features: no permanent address, one address at a time, no new servers, no redirection, no header more in each packet, IPsec without another key exchange.',
    decide: {
      cases: [
        search(
          '1, 2: a host has the address of where it is, and no other',
          'tmsp/direct',
          'one-moves-twice',
          'one address',
          'holds',
          {
            shows: mapped,
            own: inEveryState('one address', (view) =>
              ENDS.every((end) => view.held(end).length <= 1) ? true : 'a host has two addresses',
            ),
          },
        ),
        search('3: one host moves, and redirect servers do nothing', 'tmsp/direct', 'one-moves', BINDING, 'holds', {
          change: changeStep(['rs-'], (state) => [state, []]),
        }),
        search(
          '3: both move, and redirect servers do nothing',
          'tmsp/lookup-at-time-out',
          'both-move',
          BINDING,
          'holds',
          {
            change: changeStep(['rs-'], (state) => [state, []]),
          },
        ),
        search('4: data are direct', 'tmsp/direct', 'one-moves-twice', 'data are direct', 'holds', {
          own: dataAreDirect(['a', 'b'], ['b', 'a']),
        }),
        search('5: a datagram is in no other', 'tmsp/direct', 'one-moves-twice', 'no outer header', 'holds', {
          shows: mapped,
          own: inEveryState('no outer header', (view) =>
            ENDS.flatMap((end) => view.node(end).role.sendData?.(view.state(end), other(end)) ?? []).every(
              (effect) => effect.do === 'send',
            )
              ? true
              : 'a datagram is tunnelled',
          ),
        }),
        search(
          '6: IPsec sees the addresses that it was set up with',
          'tmsp/direct',
          'both-move',
          TRANSPARENT,
          'holds',
          {
            shows: mapped,
          },
        ),
        authenticates('6: the receiver clears the identifier in the reserved bits of the AH before IPsec looks', true),
        authenticates('6: it does not', false),
      ],
    },
    expected: 'conditional',
    why: 'One host moves: yes. When both do, redirect servers gain a function; and the identifier is in reserved bits, which are sent as 0 and are under the check value (RFC 4302 §2.3, from memory).',
  },
  {
    id: '003-02',
    where: '§III-D',
    claim: 'Mapping is transparent: out and in again is the identity.',
    decide: {
      all: ['both-move', 'one-moves-twice', 'one-returns'].map((scenario) =>
        search(scenario, 'tmsp/direct', scenario, TRANSPARENT, 'holds', { shows: mapped }),
      ),
    },
    expected: 'holds',
    why: 'Whoever gets a datagram sees the addresses that the connection began with.',
  },
  {
    id: '003-03',
    where: '§III-E',
    claim: 'When both move both re-INVITEs may be lost.',
    decide: { all: [search('both move', 'tmsp/direct', 'both-move', BINDING, 'violated')] },
    expected: 'holds',
    why: 'As with SIP.',
  },
  {
    id: '003-04',
    where: '§III-E',
    claim: 'At the time-out the redirect server of the other recovers it.',
    decide: {
      cases: [
        search('each moves once', 'tmsp/lookup-at-time-out', 'both-move', BINDING, 'holds'),
        search('a gap may outlast the time-out', 'tmsp/lookup-at-time-out', 'both-move-long-gaps', BINDING, 'holds'),
        search('each moves twice, one question', 'tmsp/lookup-at-time-out', 'both-move-twice', BINDING, 'holds'),
        search(
          'each moves twice, a question each time',
          'tmsp/lookup-at-time-out-repeated',
          'both-move-twice',
          BINDING,
          'holds',
        ),
      ],
    },
    expected: 'conditional',
    why: 'Whoever moves last asks after the other has registered, so that one question is enough for one move each, and not for two.',
  },
  {
    id: '003-05',
    where: '§III-E',
    claim: 'Asking at a fraction of the time-out shortens the recovery, certainly.',
    decide: {
      cases: [
        statement('nothing is lost: fewer steps until every binding is right', (searches) => {
          const [full, fraction] = [AT_THE_TIME_OUT, AT_A_FRACTION].map((v) => searches.leastSteps(v, 'both-move'))
          return fewerSteps(
            fraction!,
            full!,
            (one, other) => `at most ${one} steps at a fraction, ${other} at the time-out`,
          )
        }),
        ...(
          [
            ['one packet is lost', 'both-move-one-loss'],
            ['a gap may outlast every time-out', 'both-move-long-gaps'],
          ] as const
        ).map(([given, scenario]) =>
          statement(`${given}: it recovers at all, as it does when asked at the time-out`, (searches) => {
            const [full, found] = [AT_THE_TIME_OUT, AT_A_FRACTION].map((v) =>
              searches.search(search('', v, scenario, BINDING, 'holds')),
            ) as [Found, Found]
            return {
              so: full.verdict.kind === 'holds' ? found.verdict.kind === 'holds' : null,
              text: `${BINDING} at the time-out ${full.verdict.kind}, at a fraction ${found.verdict.kind}`,
              found,
            }
          }),
        ),
      ],
    },
    expected: 'conditional',
    why: `It asks with the first retry, after ${(inviteRetry.milliseconds / 1000).toFixed(1)} s, instead of after ${inviteTimeout.milliseconds / 1000} s. But where a packet is lost the answer may come after the other's own re-INVITE and take the binding back, for good.`,
  },
  {
    id: '003-06',
    where: '§V',
    claim: 'Movement verification recovers simultaneous moves.',
    decide: {
      all: [
        search('as drawn', 'tmsp/movement-verification', 'both-move', BINDING, 'holds'),
        search('registered first', 'tmsp/movement-verification-registered-first', 'both-move', BINDING, 'holds'),
      ],
    },
    expected: 'fails',
    why: 'It begins with a re-INVITE that arrives, and so cannot repair one that is lost; §III-E says otherwise than §V.',
  },
  {
    id: '003-07',
    where: '§III-E',
    claim: 'Verification shows that a re-INVITE is genuine.',
    decide: {
      all: [
        search('a forged one, verified', 'tmsp/movement-verification-registered-first', 'one-moves', HIJACK, 'holds', {
          ...withIntruder,
          shows: underWay('INVITE (lookup)'),
        }),
        search('a forged one, believed', 'tmsp/direct', 'one-moves', HIJACK, 'violated', {
          ...withIntruder,
          shows: endsFound,
        }),
      ],
    },
    expected: 'holds',
    why: 'The redirect server, which the intruder cannot change, has another address. (It also refuses genuine ones that overtake their REGISTER.)',
  },
  {
    id: '003-08',
    where: '§III-E',
    claim: 'The redirect server may tell the correspondents.',
    decide: {
      cases: [
        search('at their last address', 'tmsp/server-tells', 'both-move', BINDING, 'holds', { shows: fromServer }),
        search('where their own servers say', 'tmsp/server-tells-by-lookup', 'both-move', BINDING, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'It is lost like a re-INVITE, unless the server asks where the correspondent is.',
  },
]
