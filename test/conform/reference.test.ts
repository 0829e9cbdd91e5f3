import { expect, test } from 'vitest'
import { internetOf } from '../../analysis/world.ts'
import { withForged } from '../../conform/forged.ts'
import { matchers } from '../../conform/matchers.ts'
import { referenceOf } from '../../conform/reference.ts'
import { suiteFor } from '../../conform/suite.ts'
import type { System } from '../../conform/system.ts'
import { doublejump } from '../cli/run.ts'

const internet = internetOf('sip/direct', 'one-moves-twice')
const suite = suiteFor(internet, 'b', 10_000)

test('the reference of a role has each event, timer and message of its suite, and each field with a value of its own', () => {
  const { events, actions, sends, timers } = referenceOf(internet, suite)
  const steps = suite.tests.flatMap((one) => one.steps)
  const told = [...events, ...actions].map(({ kind }) => kind).concat(timers.map(({ timer }) => timer))
  expect(new Set(told)).toEqual(new Set(steps.map(({ event }) => event.kind)))
  for (const { event } of steps) {
    const reference = events.find(({ kind }) => kind === event.kind)
    if (reference === undefined) continue
    const { kind: _, ...fields } = event
    for (const [field, value] of Object.entries(fields)) {
      const known = reference.fields.find((one) => one.field === field)
      expect(known?.type).toBe(typeof value)
      expect(known?.such).toContain(JSON.stringify(value))
    }
  }
  expect(sends.map(({ kind }) => kind).sort()).toEqual([
    '200 OK',
    '200 OK (BYE)',
    '481 Call/Transaction Does Not Exist (BYE)',
    'BYE',
  ])
  expect(timers.find(({ timer }) => timer === 'Timer G')).toMatchObject({
    milliseconds: 500,
    backsOff: { factor: 2, most: 4000 },
  })
})

test('by the command: for people, and as JSON', () => {
  const asked = ['tests', 'sip/direct', '--role', 'b', '--scenario', 'one-moves-twice', '--describe']
  const { code, out } = doublejump(asked)
  expect(code).toBe(0)
  expect(out).toMatch(/^ {2}Timer G: 500 ms, times 2 up to 4000 ms/m)
  expect(out).toMatch(/^ {4}contact: string, such as "west-2\/a", "west-3\/a"/m)
  expect(out).toMatch(/^ {2}one-moves-twice: One host moves twice/m)
  const json = JSON.parse(doublejump([...asked, 'json']).out)
  expect(json.events.map(({ kind }: { kind: string }) => kind)).toEqual(['INVITE', 'ACK', 'BYE'])
  expect(doublejump([...asked, 'yaml']).code).toBe(10)
})

test('what goes to different places at once may come in any order, if that is asked for; to one place never', async () => {
  const spec = { internet: internetOf('sip/direct', 'one-moves'), role: 'a' } as const
  const { role } = spec.internet.layout.topology.nodes.find(({ name }) => name === 'a')!
  type Sent = { readonly to: string }
  const system = (change: (sends: readonly Sent[]) => readonly Sent[]) => (): System => {
    let state = role.start as unknown
    return {
      step: (event) => {
        const [next, effects] = (role as unknown as { step: (s: unknown, e: unknown) => [unknown, never[]] }).step(
          state,
          event,
        )
        state = next
        return change(
          (effects as { message: object; to: string }[]).map(({ message, to }) => ({ ...message, to })) as Sent[],
        )
      },
    }
  }
  const passes = async (change: (sends: readonly Sent[]) => readonly Sent[], order: 'any' | 'as sent') =>
    (await matchers.toConformTo(system(change), { ...spec, order })).pass
  expect(await passes((sends) => sends, 'as sent')).toBe(true)
  expect(await passes((sends) => sends.toReversed(), 'as sent')).toBe(false)
  expect(await passes((sends) => sends.toReversed(), 'any')).toBe(true)
  expect(await passes((sends) => sends.slice(1), 'any')).toBe(false)
})

test('an attacker in a suite: what it sends comes before the step that it forges, and what must come of it is what the role does', () => {
  const forged = withForged(internet, suite, (event) => (event.kind === 'INVITE' ? { ...event, cseq: 7 } : null))
  const count = (kind: string, { tests }: typeof suite) =>
    tests.flatMap(({ steps }) => steps).filter(({ event }) => event.kind === kind).length
  expect(count('INVITE', forged)).toBe(2 * count('INVITE', suite))
  expect(count('BYE', forged)).toBe(count('BYE', suite))
  const [before, after] = forged.tests[0]!.steps
  expect(before!.sends).toMatchObject([{ kind: '200 OK', cseq: 7 }])
  // What was 200 is late now: its CSeq is lower (RFC 3261 §12.2.2).
  expect(suite.tests[0]!.steps[0]!.sends).toMatchObject([{ kind: '200 OK', cseq: 2 }])
  expect(after!.sends).not.toMatchObject([{ kind: '200 OK' }])
})
