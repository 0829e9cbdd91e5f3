import { everyStep } from '../../checker/property.ts'
import { innermost } from '../../spec/index.ts'
import { bindingLifetime } from '../../spec/mipv6/timers.ts'
import { BINDING, REACH } from '../../spec/property-ids.ts'
import { ENDS, homeOf, other, startOf } from '../../spec/roaming.ts'
import { inEveryState, isOver, rightAbout, somewhere } from '../changes.ts'
import { type Claim, search, statement } from '../claim.ts'
import { both, dataFlow, endsFound, registered } from '../evidence.ts'
import { onArrival } from './on-arrival.ts'

const HANG = 'both-return-routabilities-hang'

const LOST_UPDATE = 'an-update-is-lost-after-return-routability'

const isTest = (kind: string): boolean => kind === 'HoTI' || kind === 'CoTI'

/** Paper 004, §I and §III: what is lost when both nodes move. */
export const problem: readonly Claim[] = [
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
    otherwise: {
      verdict: 'fails',
      because:
        'so it does by RFC 6275, which signals to the home address; the paper signals to the care-of address, and there it is so',
    },
  },
  {
    id: '004-06',
    where: '§III',
    claim: 'Moves of the other node before step 4 (the correspondent registration) do not matter.',
    decide: {
      all: [
        search(
          'whoever begins when the other has moved sends its tests to where that is',
          'mipv6/ro-seed',
          'both-move-atomic',
          'tests begin at the right place',
          'holds',
          {
            shows: endsFound,
            own: ({ internet }) => ({
              id: '',
              ...everyStep({
                name: 'tests begin at the right place',
                holds: (lookBefore, lookAfter) => {
                  const [before, after] = [internet.view(lookBefore), internet.view(lookAfter)]
                  const wrong = ENDS.find(
                    (end) =>
                      before.hasMoved(other(end)) &&
                      !before.hasMoved(end) &&
                      after.hasMoved(end) &&
                      after
                        .inFlight()
                        .map(innermost)
                        .some(
                          ({ message, destination }) => isTest(message.kind) && destination === startOf(other(end)),
                        ),
                  )
                  return wrong === undefined
                    ? true
                    : `the tests of ${wrong} go to where ${other(wrong)} had been before they began`
                },
              }),
            }),
          },
        ),
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
          shows: endsFound,
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
        statement('as the paper sends it', (searches) => {
          const test = onArrival(searches, 'mipv6/ro-seed').find(({ kind }) => kind === 'HoTI')!
          return { so: test.to === 'east-1/b', text: `it is addressed to ${test.to}` }
        }),
        statement('as RFC 6275 §11.7 sends it', (searches) => {
          const test = onArrival(searches, 'mipv6/ro-rfc').find(({ kind }) => kind === 'HoTI')!
          return { so: test.to === 'east-1/b', text: `it is addressed to ${test.to}` }
        }),
      ],
    },
    expected: 'conditional',
    why: "By the RFC its destination is A's home address, so that A's home agent gets it.",
    otherwise: { verdict: 'an error', because: 'true of what the paper draws, false of what the RFC says' },
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
    otherwise: { verdict: 'fails', because: 'as 004-01: by RFC 6275, and not as the paper signals' },
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
    why: `For ${bindingLifetime.milliseconds / 1000} s at most: then data go by the home addresses.`,
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
        search(
          "a mobile node knows its peer's home address and nothing else of it",
          'mip/co-located',
          'both-move',
          'knows the home address only',
          'holds',
          {
            shows: both(registered, dataFlow),
            own: inEveryState('knows the home address only', (view) => {
              const wrong = ENDS.find((end) => {
                const sent = view.node(end).role.sendData?.(view.state(end), other(end)) ?? []
                const knows = JSON.stringify(view.state(end)).includes(`/${other(end)}"`)
                return knows || sent.some((effect) => effect.do !== 'send' || effect.to !== homeOf(other(end)))
              })
              return wrong === undefined ? true : `${wrong} knows another address of ${other(wrong)}`
            }),
          },
        ),
      ],
    },
    expected: 'holds',
    why: 'It has only ever been a draft (`mip-ro`).',
    otherwise: {
      verdict: 'a matter of history',
      because: 'read as a question that a search can decide: whether a correspondent knows more than a home address',
    },
  },
]
