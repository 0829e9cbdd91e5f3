import type { Sheet } from './sheet.ts'
import { at, bounds, d, SESSION, vary } from './words.ts'

export const overlap: Sheet = {
  file: '5-overlap',
  title: 'How long an old address has to be kept beside the new one',
  question:
    'Each host keeps its old address for an overlap after it has the new one. How long must that be, of both alike, and of each? And when does an Interceptor in the network that was left have to know, at the latest?',
  says: '000 §IV.C: long enough for what is under way to arrive. RFC 5944 §3.3 and RFC 4555 §3.11 give no number.',
  answer:
    'Where one update is enough (MOBIKE), the two overlaps together longer than both ways together, α + β: so longer than one way where they are alike, and that of one host is enough where it is longer than a round trip. Where a dialog has to live through glare (SIP), the re-INVITE that is tried again still goes to the old address of the Call-ID’s owner: its overlap has to be longer than the back-off of the other side after a 491, of up to 2 s, and four ways, and that of the other side longer than two ways; longer still where a second glare can happen (sheet 7). So the 1 s that is usual here is too short for SIP. An Interceptor has to be told before what it is to send on arrives: of a re-INVITE that is sent once, before it does, which no Interceptor can where it comes during the blackout; with the retransmissions of RFC 3261, the last of them after 31.5 s, any is in time whose host is on its way for less than that, blackout and all, and then the dialog lives.',
  asked: [
    bounds('mobike/overlap', {
      scenario: 'both-move-brief-overlap',
      property: SESSION,
      vary: [vary('overlap', 0, 300, 5)],
      given: { d },
      expect: ['fails where overlap ≤ 25'],
    }),
    bounds('mobike/overlap', {
      note: 'two overlaps',
      scenario: 'both-move-brief-overlap',
      property: SESSION,
      vary: [vary('overlap(a)', 0, 100, 5), vary('overlap(b)', 0, 100, 5)],
      given: { d },
      expect: ['fails where overlap(a) + overlap(b) ≤ 50'],
    }),
    bounds('mobike/overlap', {
      note: 'ways of two lengths',
      scenario: 'both-move-brief-overlap',
      property: SESSION,
      vary: [vary('overlap(b)', 0, 150, 5), vary('d(west-2,east-1)', 10, 100, 5)],
      given: { d, 'overlap(a)': at(10) },
      expect: ['fails where overlap(b) ≤ d(west-2,east-1) + 15'],
    }),
    bounds('sip/simultaneous-bindings', {
      note: 'that of the Call-ID’s owner, where that of the other is long',
      vary: [vary('overlap(a)', 1900, 2300, 10)],
      given: { d, 'overlap(b)': at(5000) },
      expect: ['fails where overlap(a) ≤ 2100'],
    }),
    bounds('sip/simultaneous-bindings', {
      note: 'that of the other, where that of the owner is long',
      vary: [vary('overlap(b)', 0, 200, 5)],
      given: { d, 'overlap(a)': at(5000) },
      expect: ['fails where overlap(b) ≤ 50'],
    }),
    bounds('sip/simultaneous-bindings', {
      vary: [vary('overlap', 0, 5000, 50)],
      given: { d },
      expect: ['fails where overlap ≤ 2100'],
    }),
    bounds('sip/simultaneous-bindings', {
      note: 'd = 10',
      vary: [vary('overlap', 1900, 2300, 10)],
      given: { d: at(10) },
      expect: ['fails where overlap ≤ 2040'],
    }),
    bounds('sip/interceptor', {
      note: 'an Interceptor that learns of the move later and later: what tells it takes d(west-2,west-1)',
      property: SESSION,
      vary: [vary('d(west-2,west-1)', 31_000, 32_000, 50), vary('blackout(a)', 0, 400, 50)],
      given: { d, 'blackout(b)': at(100) },
      expect: ['fails where 31500 ≤ d(west-2,west-1) + blackout(a)'],
    }),
    bounds('sip/interceptor', {
      note: 'the same where a re-INVITE is sent once, by when b leaves; a’s Interceptor is told at once',
      property: SESSION,
      vary: [vary('d(east-2,east-1)', 0, 200, 10), vary('leaves(b)', 700, 1300, 20)],
      given: {
        d,
        blackout: at(100),
        'Timer A': at(33_000),
        'leaves(a)': at(1000),
        'd(west-2,west-1)': at(0),
      },
      expect: [
        'fails where leaves(b) ≤ 975 and 875 ≤ leaves(b)',
        'fails where 1025 ≤ d(east-2,east-1) + leaves(b) and leaves(b) ≤ 1125 and 975 ≤ leaves(b)',
      ],
    }),
  ],
}
