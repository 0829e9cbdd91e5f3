import { expect, test } from 'vitest'
import { tmspHost } from '../../spec/tmsp/host.ts'
import { ask } from './ask.ts'

/** Host a, whose re-INVITE to b has had no answer, at the first retry. */
const host = (repeats: boolean) => {
  const role = tmspHost({
    name: 'a',
    start: 'west-1/a',
    peer: { name: 'b', start: 'east-1/b' },
    server: 'rs-a/server',
    peersServer: 'rs-b/server',
    asks: 'at the first retry',
    repeats,
    verifies: false,
    registersFirst: false,
    answersOverwrite: false,
    serverTells: false,
    tries: 3,
  })
  const [moved] = role.step(role.start, { kind: 'attached', address: 'west-2/a' })
  const [asking, sent] = role.step(moved, { kind: 'INVITE retry' })
  return { role, asking, sent }
}

const envelope = { source: 'rs-b/server', destination: 'west-2/a', hops: 8 } as const

test('a lookup at the first retry is sent again until its answer, with the same number', () => {
  const { role, asking, sent } = host(false)
  const question = { kind: 'INVITE (lookup)', question: 1 }
  expect(sent).toContainEqual(expect.objectContaining({ message: question }))
  expect(role.armed!(asking)).toContainEqual({ timer: 'lookup retry', key: expect.anything() })
  expect(role.step(asking, { kind: 'lookup retry' })[1]).toEqual([expect.objectContaining({ message: question })])
  const [answered] = role.step(asking, {
    kind: '302 Moved Temporarily',
    contact: 'east-2/b',
    question: 1,
    ...envelope,
  })
  expect(answered.tables.careOf.b).toBe('east-2/b')
  expect(role.armed!(answered)).not.toContain('lookup retry')
})

test('a 302 answers its own question and no other', () => {
  const { role, asking } = host(true)
  const [after, sent] = role.step(asking, {
    kind: '302 Moved Temporarily',
    contact: 'east-3/b',
    question: 0,
    ...envelope,
  })
  expect(after).toEqual(asking)
  expect(sent).toEqual([])
})

test('a verification that waits for its own answer lets one host move twice, when REGISTER comes first', () => {
  const verdicts = ask('tmsp/movement-verification-registered-first', 'one-moves-twice')
  expect(verdicts['binding-eventually-correct']?.kind).toBe('holds')
})

// That a lost lookup is sent again changes no verdict: one loss also lets the answer come after the peer's own re-INVITE.
test('a lookup at the first retry is still taken back by one loss, and one at the time-out is not', () => {
  expect(ask('tmsp/lookup-at-fraction', 'both-move-one-loss')['binding-eventually-correct']?.kind).toBe('violated')
  expect(ask('tmsp/lookup-at-time-out', 'both-move-one-loss')['binding-eventually-correct']?.kind).toBe('holds')
})

test('the Contact of a 200 takes the binding back if it counts after a newer re-INVITE', () => {
  const target = 'tmsp/lookup-at-time-out'
  expect(ask(`${target}-answers-overwrite`, 'both-move')['binding-eventually-correct']?.kind).toBe('violated')
  expect(ask(target, 'both-move')['binding-eventually-correct']?.kind).toBe('holds')
})

test('data follow the mapping that there is: a port that is not mapped is not mobile', () => {
  expect(ask('tmsp-ports/udp-opt-out', 'one-moves')['eventually-reachable-both-ways']?.kind).toBe('violated')
  expect(ask('tmsp-ports/udp', 'one-moves')['eventually-reachable-both-ways']?.kind).toBe('holds')
})

test('by TCP an open connection keeps what is not meant for it out; a mapping that outlives it does not', () => {
  const misdelivery = (target: string, scenario: string) => ask(target, scenario)['no-misdelivery']?.kind
  expect(misdelivery('tmsp-ports/tcp', 'one-moves-address-reused-while-open')).toBe('holds')
  // As before the mapping had a connection.
  expect(misdelivery('tmsp-ports/tcp', 'one-moves-address-reused')).toBe('violated')
  expect(misdelivery('tmsp-ports/tcp-mapping-closes', 'one-moves-address-reused')).toBe('holds')
  expect(misdelivery('tmsp-ports/udp', 'one-moves-address-reused')).toBe('violated')
})
