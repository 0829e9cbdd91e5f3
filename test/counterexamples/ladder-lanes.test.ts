import { expect, test } from 'vitest'
import { checkVariant } from '../../analysis/job.ts'
import { variantOf } from '../../analysis/target.ts'
import { ladder, noPaint, type Story } from '../../counterexamples/index.ts'

const { story } = checkVariant(variantOf('sip-paper/direct'), 'both-move', {
  properties: ['binding-eventually-correct'],
})[0]!

/** The same run, with other names of networks. */
const renamed = (west: string, east: string): Story =>
  JSON.parse(JSON.stringify(story).replaceAll('west-1', west).replaceAll('east-1', east))

const LANE = /[│┊┃]/

test.each([
  ['west-1', 'east-1'],
  ['wifi-number-1', 'cell-number-1'],
  ['w'.repeat(40), 'e'.repeat(40)],
])('a lost packet has its cross, and no lane is covered by its address: %s, %s', (west, east) => {
  const steps = ladder(renamed(west, east), noPaint)
    .split('\n')
    .filter((line) => /^ *\d+ /.test(line) && LANE.test(line))
  const moved = steps.find((line) => line.includes('leaves '))!
  const lanes = [...moved].flatMap((char, at) => (LANE.test(char) ? [at] : []))
  const lost = steps.filter((line) => line.includes('re-INVITE'))
  expect(lost.length).toBeGreaterThan(2)
  for (const line of lost) {
    expect(line).toContain('✗')
    // The packet leaves from one end, and the other end's lane stands behind the address.
    expect([line[lanes[0]!], line[lanes.at(-1)!]]).toEqual([expect.stringMatching(LANE), expect.stringMatching(LANE)])
  }
})
