import type { Sheet } from './sheet.ts'
import { at, BINDING, d, duration } from './words.ts'

export const tmsp: Sheet = {
  file: '6-tmsp',
  title: 'How long TMSP takes to repair a double jump',
  question: 'From the end of the last move until both bindings are right, for good: at least and at most.',
  says: '003 §III-D, §III-E: a lookup at the time-out, at a fraction of it, or when a server tells.',
  answer:
    'A lookup at the time-out repairs after its 32 s and a round trip; at the first retransmission, in about half a second; at a fraction of the time-out, after that fraction and a round trip, and one way more where a blackout can last as long as the fraction less a way: the lookup then finds an old address. Movement verification by itself, and servers that tell, leave a run in which nothing is repaired; a server that tells by way of a lookup repairs within a few retransmissions.',
  asked: [
    duration('tmsp/lookup-at-time-out', BINDING, { d }, ['25 ms', '32,050 ms']),
    duration('tmsp/lookup-at-fraction', BINDING, { d }, ['25 ms', '575 ms']),
    ...[1000, 4000, 16_000].map((fraction, i) =>
      duration(
        'tmsp/lookup-at-fraction',
        BINDING,
        { d, 'INVITE retry': at(fraction) },
        ['25 ms', ['1,075 ms', '4,050 ms', '16,050 ms'][i]!],
        `the first retransmission, and with it the lookup, after ${fraction / 1000} s: 1/${32_000 / fraction} of the time-out`,
      ),
    ),
    duration('tmsp/lookup-at-fraction-repeated', BINDING, { d }, ['25 ms', '575 ms']),
    duration('tmsp/movement-verification', BINDING, { d }, ['75 ms', 'for ever']),
    duration('tmsp/server-tells', BINDING, { d }, ['in no run', 'for ever']),
    duration('tmsp/server-tells-by-lookup', BINDING, { d }, ['100 ms', '2,075 ms']),
  ],
}
