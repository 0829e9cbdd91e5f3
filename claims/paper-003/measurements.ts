import { type Claim, figure, statement } from '../claim.ts'

/** Paper 003, §VI: what was measured. */
export const measurements: readonly Claim[] = [
  {
    id: '003-26',
    where: '§VI-A3',
    claim: 'Mapping adds 0.56 µs, 12 %.',
    decide: {
      all: [figure('µs', 0.56, () => 5.13 - 4.57, 2), figure('per cent', 12, () => 100 * (5.13 / 4.57 - 1), 0)],
    },
    expected: 'holds',
    why: "'Much smaller' than a frame's time: 11 to 14 % of it.",
  },
  {
    id: '003-27',
    where: '§VI-A3',
    claim: 'A least frame takes 5.12 µs at 100 Mb/s and 4.10 µs at 1 Gb/s.',
    decide: {
      all: [figure('64 bytes', 5.12, () => (64 * 8) / 100, 2), figure('512 bytes', 4.1, () => (512 * 8) / 1000, 1)],
    },
    expected: 'holds',
    why: 'As computed.',
  },
  {
    id: '003-28',
    where: '§VI-B',
    claim: 'A handover takes 2 s.',
    decide: { all: [figure('seconds: polling, association and address, re-INVITE', 2, () => 0.2 + 1.7 + 0.096, 1)] },
    expected: 'holds',
    why: '1.996 s at worst, 1.896 s on the average.',
  },
  {
    id: '003-29',
    where: 'Table I',
    claim: 'Finding an entry takes up to 682 ms.',
    decide: {
      all: [
        statement('the row says what the sentence does', () => {
          const table = { 'accessing all entries': 682, 'updating an entry': 29 }
          return {
            so: table['updating an entry'] === 682,
            text: `682 ms is to read out all 1000 entries; to find and update one takes ${table['updating an entry']} ms`,
          }
        }),
      ],
    },
    expected: 'fails',
    why: 'The number is that of another row.',
  },
]
