import type { Sheet } from './sheet.ts'
import { at, bounds, d, SILENT, vary } from './words.ts'

export const stationaryProxies: Sheet = {
  file: '3-stationary-proxies',
  title: 'How long the proxies of Mobile IPv6 keep a message, and an asker',
  question:
    'A home agent keeps what it passes on for its mobile node for T_h, to send it again when it hears where the peer is; and answers whoever asked within T_p again when its mobile node registers. How long must they be, when nothing else is sent again?',
  says: '004 §IV.B: T_h > T_p, since an answer at the end of T_p would else come too late, and each longer than it takes to register after a move.',
  answer:
    'T_p longer than the blackout less one way, and T_h longer than the blackout and one way, where the hosts leave within a blackout of each other: two bounds that have nothing to do with each other. T_h > T_p is neither enough (125 and 100 fail) nor needed (130 and 200 hold). Where an asker is answered once, when the host moves or at the end of T_p, T_h has to be longer than T_p and two ways as well: T_h > T_p is then needed, and not enough.',
  asked: [
    bounds('mipv6/stationary-proxies-expedited', {
      note: 'd = 25, blackouts of 100',
      scenario: SILENT,
      vary: [vary('T_h', 100, 200, 5), vary('T_p', 25, 200, 5)],
      given: { d, blackout: at(100), 'leaves(a)': at(1000), 'leaves(b)': [900, 1100] },
      expect: ['fails where T_p ≤ 75', 'fails where T_h ≤ 125'],
    }),
    bounds('mipv6/stationary-proxies-expedited', {
      note: 'd = 40, blackouts of 200',
      scenario: SILENT,
      vary: [vary('T_h', 100, 300, 10), vary('T_p', 50, 300, 10)],
      given: { d: at(40), blackout: at(200), 'leaves(a)': at(1000), 'leaves(b)': [800, 1200] },
      expect: ['fails where T_h ≤ 240', 'fails where T_p ≤ 160'],
    }),
    bounds('mipv6/stationary-proxies-expedited-answers-late', {
      note: 'an answer once: d = 25, blackouts of 100',
      scenario: SILENT,
      vary: [vary('T_h', 100, 300, 5), vary('T_p', 25, 200, 5)],
      given: { d, blackout: at(100), 'leaves(a)': at(1000), 'leaves(b)': [900, 1100] },
      expect: ['fails where T_h ≤ T_p + 50', 'fails where T_p ≤ 75'],
    }),
    bounds('mipv6/stationary-proxies-expedited-answers-late', {
      note: 'an answer once: d = 40, blackouts of 200',
      scenario: SILENT,
      vary: [vary('T_h', 150, 500, 10), vary('T_p', 100, 300, 10)],
      given: { d: at(40), blackout: at(200), 'leaves(a)': at(1000), 'leaves(b)': [800, 1200] },
      expect: ['fails where T_h ≤ T_p + 80', 'fails where T_p ≤ 160'],
    }),
  ],
  open: 'Moves that are more than a blackout apart (the first message then arrives); three home tests in full.',
}
