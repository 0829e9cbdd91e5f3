import { expect, test } from 'vitest'
import { dataLog, loopOf491, misdirected } from '../../bench/logs.ts'
import { judge } from '../../conform/judge.ts'
import { find } from '../protocols/ask.ts'

function judged(target: string, lines: ReturnType<typeof dataLog>) {
  const { protocol, variant } = find(target)
  return judge(protocol, variant, lines, { most: 150_000, tolerance: 0.1 }).verdict
}

test('a loop of 491 is a run of the proxy that looks up, if the callee waits for no longer than 2 s', () => {
  expect(judged('sip/home-proxy-relookup', loopOf491(20)).kind).toBe('conforms')
  // RFC 3261 §14.1: who did not make the call waits for up to 2 s; nine rounds in 27 s are too few.
  const late = judged('sip/home-proxy-relookup', loopOf491(9))
  expect(late).toMatchObject({ kind: 'diverges', at: { line: 31 } })
})

test('the line of a long loop that goes astray is found', () => {
  const lines = misdirected(loopOf491(20), 0.8)
  const at = lines.find(({ fields }) => fields.dst === '10.77.0.1')!.line
  expect(judged('sip/home-proxy-relookup', lines)).toMatchObject({ kind: 'diverges', at: { line: at } })
})

test('of data, many lines are judged line by line where a bound of states is hit', () => {
  const lines = misdirected(dataLog(200), 0.9)
  const at = lines.find(({ fields }) => fields.dst === '10.77.0.1')!.line
  expect(judged('wireguard/roaming', dataLog(200)).kind).toBe('conforms')
  expect(judged('wireguard/roaming', lines)).toMatchObject({ kind: 'diverges', at: { line: at } })
})
