import type { Sheet } from './sheet.ts'
import { at, bounds, d, SILENT, vary } from './words.ts'

export const reForwarding: Sheet = {
  file: '4-re-forwarding',
  title: 'How long a home agent has to keep what it tunnelled',
  question:
    'With signalling to home addresses, a home agent keeps a copy of what it tunnels for T_b, and sends it again where its mobile node registers. How long must T_b be, when nothing else is sent again?',
  says: '004 §IV.C: as long as it takes the mobile node to register after its move.',
  answer:
    'Longer than the blackout and two ways, of the host with the longer blackout; then it is enough. Where a home Binding Update may be lost, longer by the time after which it is sent again: with the 1 s of RFC 6275, over 1.15 s.',
  asked: [
    bounds('mipv6/home-address-expedited', {
      scenario: SILENT,
      vary: [vary('T_b', 0, 400, 10)],
      given: { d, blackout: at(100) },
      expect: ['fails where T_b ≤ 150'],
    }),
    bounds('mipv6/home-address-expedited', {
      note: 'two blackouts',
      scenario: SILENT,
      vary: [vary('T_b', 50, 350, 25), vary('blackout(b)', 0, 200, 25)],
      given: { d, 'blackout(a)': at(100) },
      expect: ['fails where T_b ≤ blackout(b) + 50', 'fails where T_b ≤ 150'],
    }),
    bounds('mipv6/home-address-expedited', {
      note: 'one home Binding Update is lost',
      scenario: 'both-move-home-update-lost',
      vary: [vary('T_b', 0, 2000, 50)],
      given: { d, blackout: at(100) },
      expect: ['fails where T_b ≤ 1150'],
    }),
    bounds('mipv6/home-address-expedited', {
      note: 'the same, and what it is sent again after',
      scenario: 'both-move-home-update-lost',
      vary: [vary('T_b', 0, 2000, 50), vary('home BU retransmission', 500, 1500, 250)],
      given: { d, blackout: at(100) },
      expect: ['fails where T_b ≤ home BU retransmission + 150'],
    }),
  ],
}
