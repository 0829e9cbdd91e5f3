import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Layout } from '../../checker/layout.ts'

/** How many values each cell has had, and a state of such cells. */
const cells = fc
  .array(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 24 })
  .chain((bits) => fc.tuple(...bits.map((n) => fc.integer({ min: n === 1 ? 1 : 2 ** (n - 1) + 1, max: 2 ** n }))))
  .chain((counts) =>
    fc.record({
      counts: fc.constant(counts),
      row: fc.tuple(...counts.map((count) => fc.integer({ min: 0, max: count - 1 }))),
    }),
  )

test('a state has room, and is unpacked as it was packed', () => {
  fc.assert(
    fc.property(cells, ({ counts, row }) => {
      const layout = new Layout(counts)
      const integers = Int32Array.from(row)
      expect(layout.fits(integers)).toBe(true)
      const packed = new Int32Array(layout.size).fill(-1)
      layout.pack(integers, packed, 0)
      const unpacked = new Int32Array(counts.length)
      layout.unpack(packed, 0, unpacked)
      expect([...unpacked]).toEqual(row)
    }),
    { numRuns: 2_000 },
  )
})

test('bits that are left go to the cells that take on more values', () => {
  const layout = new Layout([1, 1, 1000, 2, 1000])
  expect(layout.size).toBe(1)
  const roomFor = (cell: number) => (layout.mask[cell] as number) + 1
  for (const cell of [2, 4]) expect(roomFor(cell)).toBeGreaterThanOrEqual(2 ** 13)
})

test('where fields would take more words if they were spread, they are not', () => {
  // Each in the word that has the most room: 17 and 13, 15 and 13, and none has room for 5.
  expect(new Layout([17, 15, 13, 13, 5].map((bits) => 2 ** bits)).size).toBe(2)
})
