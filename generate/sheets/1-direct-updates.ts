import type { Sheet } from './sheet.ts'
import { at, bounds, d, GOOD_END, vary } from './words.ts'

export const directUpdates: Sheet = {
  file: '1-direct-updates',
  title: 'When two updates that are sent directly, once, miss each other',
  question:
    'Each host leaves, is nowhere for its blackout, attaches, and sends its update at once to where it last knew the other. How far apart may the moves be so that an update *may* be lost, and so that it *must* be?',
  says: '000 §III.A: b’s update is lost if it is sent in [e − α, e + β], where e is when a sends its own and α, β are the latencies of the two ways.',
  answer:
    'Neither update arrives, and the binding is wrong for good, where each host leaves before the update of the other arrives: b no later than a’s blackout and one way after a leaves, and a no later than that after b; both ends included. That is the interval of the paper, told by when the hosts leave. Told by when the updates are sent, it is exact where the receiver has no blackout of its own (claim 000-13). Where latency is an interval, what may be lost goes by the longest latency, and what must be by the shortest.',
  asked: [
    bounds('mip-lr/direct', {
      note: 'may be lost',
      vary: [vary('leaves(b)', 700, 1300, 5)],
      given: { d, blackout: at(100), 'leaves(a)': at(1000) },
      expect: ['fails where leaves(b) ≤ 1125 and 875 ≤ leaves(b)'],
    }),
    bounds('mip-lr/direct', {
      note: 'may be lost, latency in an interval',
      vary: [vary('leaves(b)', 700, 1300, 5)],
      given: { d: [10, 40], blackout: at(100), 'leaves(a)': at(1000) },
      expect: ['fails where leaves(b) ≤ 1140 and 860 ≤ leaves(b)'],
    }),
    bounds('mip-lr/direct', {
      note: 'must be lost, latency in an interval: where no good end can be reached',
      property: GOOD_END,
      vary: [vary('leaves(b)', 700, 1300, 5)],
      given: { d: [10, 40], blackout: at(100), 'leaves(a)': at(1000) },
      expect: ['holds where 1110 ≤ leaves(b)', 'holds where leaves(b) ≤ 890'],
    }),
    bounds('mip-lr/direct', {
      note: 'two blackouts, and ways of two lengths',
      vary: [vary('leaves(b)', 700, 1300, 20), vary('blackout(b)', 0, 200, 20)],
      given: { d, 'd(west-2,east-1)': at(60), 'blackout(a)': at(100), 'leaves(a)': at(1000) },
      expect: ['fails where leaves(b) ≤ 1160 and 975 ≤ leaves(b) + blackout(b)'],
    }),
  ],
}
