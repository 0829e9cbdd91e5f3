import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Bug, bugs } from '../../lab/mipv6/bugs.ts'
import { logOf } from '../../lab/mipv6/log.ts'
import { simulate } from '../../lab/mipv6/simulation.ts'
import { foundByConform, foundBySuite, withBug } from '../../lab/mipv6/techniques.ts'
import { trialOf } from '../../lab/mipv6/trials.ts'
import { decodeIpv6 } from '../../wire/ipv6.ts'
import { sample } from '../full.ts'

const NONE = new Set<never>()

describe('our own Mobile IPv6 without mistakes', () => {
  test('passes every generated suite: mobile node, correspondent and home agent', () => {
    expect(foundBySuite(NONE)).toBeNull()
  })

  test('each run of a simulated network is one of the model: moves, gaps and latencies of all sorts', () => {
    expect(foundByConform(NONE, 12)).toBeNull()
  })

  test('a simulation is the same each time, and its packets have right checksums', () => {
    const [one, again] = [1, 2].map(() => simulate(trialOf(3, true), NONE))
    expect(one).toEqual(again)
    expect(one!.length).toBeGreaterThan(40)
    for (const { bytes } of one!) decodeIpv6(Buffer.from(bytes))
    expect(logOf(one!).every(({ fields }) => fields.mhtype !== undefined)).toBe(true)
  })
})

/** What docs/reality.md says of each bug, by technique: found or not. */
const told = readFileSync(resolve(import.meta.dirname, '../../docs/reality.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, name, , suite, , captures] = line.split('|').map((cell) => cell.trim())
    const bug = name?.replaceAll('`', '') ?? ''
    return bug in bugs ? [{ bug: bug as Bug, suite: suite !== '—', captures: captures !== '—' }] : []
  })

describe('mistakes that can be switched on', () => {
  test('the table of docs/reality.md has each of them, and six and more that each technique finds', () => {
    expect(told.map(({ bug }) => bug)).toEqual(Object.keys(bugs))
    expect(told.filter(({ suite, captures }) => suite && captures).length).toBeGreaterThanOrEqual(6)
  })

  test.each(sample(told, 2))(
    '$bug: found by the generated suite ($suite), by judging captures ($captures)',
    ({ bug, suite, captures }) => {
      expect(foundBySuite(withBug(bug)) !== null).toBe(suite)
      // What no run shows is looked for in fewer.
      expect(foundByConform(withBug(bug), captures ? undefined : 8) !== null).toBe(captures)
    },
  )
})
