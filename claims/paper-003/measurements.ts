import { atMost, longestSearch, MOST, rowOf } from '../calculations/state-tables.ts'
import { type Claim, figure, statement } from '../claim.ts'

/** Microseconds of a packet in the network layer, with mapping and without, and of the least frame on a wire of so many Mb/s. */
const [MAPPED, PLAIN] = [5.13, 4.57]
const [FRAME_100, FRAME_1000] = [(64 * 8) / 100, (512 * 8) / 1000]
const ofFrame = (frame: number): string => ((100 * (MAPPED - PLAIN)) / frame).toFixed(0)

/** Seconds: until the new network is noticed, association and address, and the re-INVITE. */
const POLLING = 0.2
const handover = (noticed: number): number => noticed + 1.7 + 0.096

/** Paper 003, §VI: what was measured. */
export const measurements: readonly Claim[] = [
  {
    id: '003-26',
    where: '§VI-A3',
    claim: 'Mapping adds 0.56 µs, 12 %.',
    decide: {
      all: [figure('µs', 0.56, () => MAPPED - PLAIN, 2), figure('per cent', 12, () => 100 * (MAPPED / PLAIN - 1), 0)],
    },
    expected: 'holds',
    why: `'Much smaller' than a frame's time: ${ofFrame(FRAME_100)} to ${ofFrame(FRAME_1000)} % of it.`,
  },
  {
    id: '003-27',
    where: '§VI-A3',
    claim: 'A least frame takes 5.12 µs at 100 Mb/s and 4.10 µs at 1 Gb/s.',
    decide: {
      all: [figure('64 bytes', 5.12, () => FRAME_100, 2), figure('512 bytes', 4.1, () => FRAME_1000, 1)],
    },
    expected: 'holds',
    why: 'As computed.',
  },
  {
    id: '003-28',
    where: '§VI-B',
    claim: 'A handover takes 2 s.',
    decide: { all: [figure('seconds: polling, association and address, re-INVITE', 2, () => handover(POLLING), 1)] },
    expected: 'holds',
    why: `${handover(POLLING).toFixed(3)} s at worst, ${handover(POLLING / 2).toFixed(3)} s on the average.`,
  },
  {
    id: '003-29',
    where: 'Table I',
    claim: 'Finding an entry takes up to 682 ms.',
    decide: {
      all: [
        statement(
          'as long as to find and update one, at worst',
          () => {
            const [printed, longest] = [682, longestSearch()]
            return {
              so: longest >= printed,
              text: `${printed} ms is the row '${rowOf(printed)}' at ${MOST} entries; to find one and update it takes ${atMost('updating an entry')} ms, ${longest} ms at worst`,
            }
          },
          't_update(1) + 2·(t_update(n) − t_update(1)) against what is printed',
        ),
      ],
    },
    expected: 'fails',
    why: 'The number is that of another row.',
  },
]
