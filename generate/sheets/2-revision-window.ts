import type { Sheet } from './sheet.ts'
import { at, BINDING, bounds, d, duration, vary } from './words.ts'

export const revisionWindow: Sheet = {
  file: '2-revision-window',
  title: 'How long a location register has to revise its answers',
  question:
    'A register of MIP-LR that has answered where its host is says so again when the host moves within the revision window W. How long must W be?',
  says: '000 §IV.D: ‘for example, 1 s’.',
  answer:
    'Longer than the blackout of each host, where all latencies are the same; then it is enough. Where they differ, longer than the blackout of b and d(a, b’s old network) + d(b, its register) − d(a, its register) − d(from a’s register to b’s), and the same with a and b exchanged: each of the searches varies one of these. Where hosts tell their register alone, longer by three ways: what a direct update would have told then takes the way by the registers. So 1 s is enough for handoffs shorter than that, and not needed where they are much shorter. Where a host that hears news of its peer sends its own update there, no window is needed.',
  asked: [
    bounds('mip-lr/revised-answers', {
      note: 'with updates sent to the correspondent as well',
      vary: [vary('revision window', 0, 300, 10), vary('blackout(b)', 0, 300, 10)],
      given: { d, 'blackout(a)': at(100) },
      expect: ['fails where revision window ≤ blackout(b)', 'fails where revision window ≤ 100'],
    }),
    bounds('mip-lr/revised-answers', {
      note: 'latencies that differ by the way',
      vary: [vary('revision window', 0, 300, 10)],
      given: { d: at(60), 'd(west-2,home-a)': at(5), 'd(east-2,home-b)': [10, 90], blackout: at(100) },
      expect: ['fails where revision window ≤ 185'],
    }),
    ...['d(west-2,home-a)', 'd(east-2,home-b)', 'd(west-2,east-1)', 'd(home-a,home-b)'].map((way, i) =>
      bounds('mip-lr/revised-answers', {
        note: `other latencies: ${way}`,
        vary: [vary('revision window', 0, 300, 10), vary(way, 10, 100, 10)],
        given: { d: at(50), blackout: at(100) },
        expect: [
          [`fails where revision window ≤ ${way} + 50`, `fails where revision window + ${way} ≤ 150`],
          [`fails where revision window ≤ ${way} + 50`, `fails where revision window + ${way} ≤ 150`],
          [`fails where revision window ≤ ${way} + 50`, 'fails where revision window ≤ 100'],
          ['fails where revision window ≤ 100', `fails where revision window + ${way} ≤ 150`],
        ][i]!,
      }),
    ),
    bounds('mip-lr/revised-answers-by-registers', {
      note: 'without updates sent to the correspondent',
      vary: [vary('revision window', 0, 400, 10), vary('blackout(b)', 0, 300, 10)],
      given: { d, 'blackout(a)': at(100) },
      expect: ['fails where revision window ≤ blackout(b) + 75', 'fails where revision window ≤ 175'],
    }),
    bounds('mip-lr/revised-answers-by-registers', {
      note: 'the same, by latency',
      vary: [vary('revision window', 0, 400, 10), vary('d', 10, 60, 10)],
      given: { blackout: at(100) },
      expect: ['fails where revision window ≤ 3 d + 100'],
    }),
    bounds('mip-lr/revised-answers-resends', {
      note: 'hosts answer news of their peer by their own update',
      vary: [vary('revision window', 0, 300, 10)],
      given: { d, blackout: at(100) },
      expect: ['holds everywhere'],
    }),
    duration(
      'mip-lr/revised-answers',
      BINDING,
      { d, blackout: [20, 900] },
      ['25 ms', '100 ms'],
      'with the 1 s of the paper and handoffs below it, until it is repaired',
    ),
  ],
}
