import { leadsTo } from '../../checker/property.ts'
import { predicate } from '../../properties/index.ts'
import type { View } from '../../spec/index.ts'
import { BINDING, REACH, REGISTRATIONS, SESSION } from '../../spec/property-ids.ts'
import type { UserAgent } from '../../spec/sip-setup/user-agent.ts'
import { inviteInstants, timeout } from '../calculations/timers.ts'
import { inEveryState, isOver } from '../changes.ts'
import { type Claim, search, statement } from '../claim.ts'
import { registered, seen } from '../evidence.ts'
import type { Found } from '../searches.ts'

const told = (found: Found): string[] =>
  'trace' in found.verdict ? (found.verdict.trace?.steps.map((step) => `${step.text}`) ?? []) : []

const CALLING = ['a', 'b'] as const

const noCall = (view: View, end: string): boolean => {
  const { call, ended } = view.state<UserAgent>(end)
  return call === 'idle' && ended === null
}

const setUpAfterMoves = seen('a call is set up, and all moves are over', (view) =>
  isOver(view) && CALLING.every((end) => view.state<UserAgent>(end).call === 'set up') ? true : 'no call is set up',
)

/** Paper 000, §I and §III.A: which protocols simultaneous mobility breaks, and how. */
export const whoSuffers: readonly Claim[] = [
  {
    id: '000-01',
    where: '§I, §III.A',
    claim: 'Basic Mobile IP has no problem with simultaneous mobility.',
    decide: {
      all: [
        search('co-located care-of addresses', 'mip/co-located', 'both-move', REACH, 'holds'),
        search('foreign agents', 'mip/foreign-agent', 'both-move', REACH, 'holds'),
        search('one packet lost', 'mip/co-located', 'both-move-one-loss', REACH, 'holds'),
        search('fair loss', 'mip/co-located', 'both-move-fair-loss', REACH, 'holds'),
      ],
    },
    expected: 'holds',
    why: 'Home agents stay where they are; it leans on registrations that are sent again and on agents that do not forget.',
  },
  {
    id: '000-02',
    where: '§I',
    claim: 'The problem is that an update is lost because it is sent to an address that was left.',
    decide: {
      all: [
        statement('in the shortest failing run both updates go to addresses that were left', (searches) => {
          const found = searches.search(search('', 'sip-paper/direct', 'both-move', BINDING, 'violated'))
          const lost = told(found).filter((text) => /^re-INVITE .* is lost: .*has left/.test(text))
          const both = ['west-1/a', 'east-1/b'].every((at) => lost.some((text) => text.includes(`to ${at} is lost`)))
          return { so: both, text: `${lost.length} re-INVITEs go to addresses that were left`, found }
        }),
        search('with one host moving none is lost for good', 'sip-paper/direct', 'one-moves', BINDING, 'holds'),
      ],
    },
    expected: 'holds',
    why: 'Each re-INVITE of the failing run is lost at the address that the other has left.',
  },
  {
    id: '000-03',
    where: '§III',
    claim: 'Moves before a session do no harm: there is no binding that could be wrong.',
    decide: {
      all: [
        search(
          'as long as there is no call, nobody believes anything',
          'sip-setup/plain',
          'both-move',
          'no call, no binding',
          'holds',
          {
            shows: setUpAfterMoves,
            own: inEveryState('no call, no binding', (view) => {
              const wrong = CALLING.find((end) => noCall(view, end) && view.state<UserAgent>(end).remote !== null)
              return wrong === undefined ? true : `${wrong} believes something without a call`
            }),
          },
        ),
        search(
          'a call that is dialled when all moves are over and registered is set up',
          'sip-setup/plain',
          'both-move',
          'a call after the moves is set up',
          'holds',
          {
            shows: setUpAfterMoves,
            own: (checked) => ({
              id: '',
              ...leadsTo(
                predicate(checked, 'all moves are over, and there was no call yet', (view) =>
                  isOver(view) && CALLING.every((end) => noCall(view, end)) ? true : 'a call, or a move to come',
                ),
                predicate(checked, 'the call is set up', (view) =>
                  CALLING.every((end) => view.state<UserAgent>(end).call === 'set up')
                    ? true
                    : 'the call is not set up',
                ),
              ),
            }),
          },
        ),
      ],
    },
    expected: 'holds',
    why: 'Without a session there is no binding. (A call that is dialled before the move is registered is another matter: 000-12.)',
  },
  {
    id: '000-04',
    where: '§I',
    claim: 'Two moves in too quick succession break things even with a correspondent that stays.',
    decide: {
      cases: [
        search("at the paper's detail", 'sip-paper/direct', 'one-moves-twice', BINDING, 'violated'),
        search('by RFC 3261', 'sip/direct', 'one-moves-twice', SESSION, 'violated'),
      ],
    },
    expected: 'conditional',
    why: 'With retransmission and no transaction rules they cost delay only; by RFC 3261 the 200 OK is lost and the call ends.',
  },
  {
    id: '000-05',
    where: '§III.A, Fig. 2',
    claim: 'SIP with direct re-INVITEs suffers from simultaneous mobility.',
    decide: {
      all: [
        search("at the paper's detail", 'sip-paper/direct', 'both-move', BINDING, 'violated'),
        search('by RFC 3261', 'sip/direct', 'both-move', SESSION, 'violated'),
      ],
    },
    expected: 'holds',
    why: 'Two moves and nothing else are enough.',
  },
  {
    id: '000-06',
    where: '§III.A',
    claim: 'Registrations are not affected.',
    decide: {
      all: [
        search("at the paper's detail", 'sip-paper/direct', 'both-move', REGISTRATIONS, 'holds'),
        search('by RFC 3261', 'sip/direct', 'both-move', REGISTRATIONS, 'holds'),
      ],
    },
    expected: 'holds',
    why: 'A registrar is stationary and always told.',
  },
  {
    id: '000-07',
    where: '§III.A',
    claim: 'A re-INVITE is sent several times to the wrong network.',
    decide: {
      all: [
        statement(
          'Timer A sends it again before Timer B fires',
          () => {
            const instants = inviteInstants()
            return {
              so: instants.length > 1,
              text: `${instants.length} times in ${timeout()} s: at ${instants.join(', ')} s`,
            }
          },
          'instants of Timer A, which doubles, before Timer B (RFC 3261 §17.1.1.2)',
        ),
        statement('each of them goes to the address that was left', (searches) => {
          const found = searches.search(search('', 'sip/direct', 'both-move', SESSION, 'violated'))
          const lost = told(found).filter((text) => /^re-INVITE .* is lost/.test(text))
          return { so: lost.length >= 4, text: `${lost.length} re-INVITEs are lost before the call ends`, found }
        }),
      ],
    },
    expected: 'holds',
    why: `${inviteInstants().length} times in ${timeout()} s; then RFC 3261 §14.1 ends the dialog, which the paper does not say.`,
  },
  {
    id: '000-08',
    where: '§III.A',
    claim: 'The cause is that signalling and data take separate paths.',
    decide: {
      all: [
        search('data pass somebody who tells: it recovers', 'mip-ro/warning-only', 'both-move', BINDING, 'holds'),
        search('the same without that: it does not', 'mip-ro/plain', 'both-move', BINDING, 'violated', {
          shows: registered,
        }),
        search('registers see no data: it does not', 'mip-lr/direct', 'both-move', BINDING, 'violated'),
      ],
    },
    expected: 'holds',
    why: 'Where data pass an agent that knows better, they themselves bring the correction.',
  },
  {
    id: '000-09',
    where: '§III.A, Fig. 3',
    claim: 'MIP-LR suffers in the same way.',
    decide: { all: [search('both move', 'mip-lr/direct', 'both-move', BINDING, 'violated')] },
    expected: 'holds',
    why: 'Both direct updates go to addresses that were left, and a register is asked only when a session begins.',
  },
  {
    id: '000-10',
    where: '§III.A',
    claim: 'The registrations with the location registers are not affected.',
    decide: { all: [search('both move', 'mip-lr/direct', 'both-move', REGISTRATIONS, 'holds')] },
    expected: 'holds',
    why: 'Registers are stationary.',
  },
  {
    id: '000-11',
    where: '§III.A',
    claim:
      'With route optimization a home agent soon learns that a correspondent needs a binding, since data reach it.',
    decide: {
      cases: [
        search('caches are warm, foreign agents do nothing', 'mip-ro/plain', 'one-moves', BINDING, 'holds', {
          shows: registered,
        }),
        search('the previous foreign agent warns', 'mip-ro/warning-only', 'one-moves', BINDING, 'holds'),
        search(
          'bindings run out, so that data go by the home agent',
          'mip-ro/plain',
          'both-move-lifetimes-expire',
          REACH,
          'holds',
        ),
      ],
    },
    expected: 'conditional',
    why: 'With a warm cache data go to the old care-of address, not to the home agent.',
  },
]
