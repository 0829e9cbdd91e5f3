// Choices of the internet's own semantics that a scenario names: who takes a packet first, who wins an address, whether moves are owed.
import { describe, expect, test } from 'vitest'
import { checkVariant } from '../../analysis/job.ts'
import { check } from '../../checker/check.ts'
import type { Look } from '../../checker/model.ts'
import { eventuallyAlways } from '../../checker/property.ts'
import { type Event, type Role, type Scenario, send, stay } from '../../spec/index.ts'
import { takerOf } from '../../spec/internet/delivery.ts'
import { enter } from '../../spec/internet/flight.ts'
import type { Packet } from '../../spec/internet/packet.ts'
import { scenario } from '../../spec/internet/scenario.ts'
import { ask, kindsOf } from '../protocols/ask.ts'
import { type Chat, follow, heard, internetOf, listener, type Notes, node, stepsOf, viewOf } from './harness.ts'

/** An agent that intercepts all that is for somebody else's address, as one does that has not heard that its host is back. */
const agent: Role<Notes, Chat, 'tick'> = { ...listener(), intercepts: (_, address) => address === 'home/b' }

const atHome = (takesFirst: Scenario['takesFirst']) =>
  internetOf(
    [
      node('a', listener({ onAttach: ['home/b'] }), { from: 'west-1' }),
      node('b', listener(), { at: ['home/b'] }),
      node('agent', agent, { at: ['home/agent'], agentOf: ['home'] }),
    ],
    { moves: { a: ['west-2'] }, takesFirst },
  )

describe.each([
  ['holder', 'b'],
  ['agent', 'agent'],
] as const)('who takes a packet first: the %s', (takesFirst, taker) => {
  test('gets it, and nobody else can', () => {
    const internet = atHome(takesFirst)
    const sent = follow(internet, 'a leaves', 'a attaches')
    const takes = stepsOf(internet, sent).filter(({ label }) => label.kind === 'deliver' || label.kind === 'lost')
    expect(takes.map(({ label }) => label.actor)).toEqual([taker])
    expect(heard(internet, takes[0]!.next, taker)).toEqual(['ping'])
  })

  test('is who a packet of data would meet', () => {
    const internet = atHome(takesFirst)
    const sent = follow(internet, 'a leaves', 'a attaches')
    const view = viewOf(internet, sent)
    expect(takerOf(view.layout, view.look, view.inFlight()[0]!)?.name).toBe(taker)
  })
})

test('SIMS: who takes first decides what becomes of a host that is back, and of an address that was given away', () => {
  const given = (name: string) => kindsOf(ask('sims/credentials', name))
  const REACH = 'eventually-reachable-both-ways'
  expect(given('address-given-away')[REACH]).toBe('violated')
  expect(given('address-given-away-agent-first')[REACH]).toBe('holds')
  expect(given('one-returns')['new-sessions-are-direct']).toBe('holds')
  expect(given('one-returns-agent-first')['new-sessions-are-direct']).toBe('violated')
  // Without numbers the agent is never told, and data go on to where the host was.
  expect(kindsOf(ask('sims/credentials-unnumbered', 'one-returns'))[REACH]).toBe('holds')
  expect(kindsOf(ask('sims/credentials-unnumbered', 'one-returns-agent-first'))[REACH]).toBe('violated')
})

describe('an address that another still has', () => {
  const both = (addressInUse: Scenario['addressInUse']) =>
    internetOf([node('b', listener(), { from: 'east-1' }), node('c', listener(), { from: 'east-9' })], {
      moves: { b: ['east-2'], c: [{ network: 'east-1', address: 'east-1/b' }] },
      addressInUse,
    })

  test('is waited for', () => {
    const internet = both('waits')
    const gone = follow(internet, 'c leaves')
    expect(stepsOf(internet, gone).map(({ text }) => text)).not.toContain('c attaches as east-1/b')
  })

  test('is taken over: whoever had it has none until it moves on', () => {
    const internet = both('taken over')
    const taken = follow(internet, 'c leaves', 'c attaches as east-1/b')
    expect(viewOf(internet, taken).held('b')).toEqual([])
    expect(viewOf(internet, taken).holder('east-1/b')).toBe('c')
    const on = follow(internet, 'c leaves', 'c attaches as east-1/b', 'b leaves', 'b attaches as east-2/b')
    expect(viewOf(internet, on).held('b')).toEqual(['east-2/b'])
  })

  test('TMSP: a host that lost its address is nowhere, until it moves', () => {
    const verdicts = kindsOf(ask('tmsp-ports/udp', 'one-moves-address-taken-over'))
    expect(verdicts['binding-eventually-correct']).toBe('violated')
    expect(kindsOf(ask('tmsp-ports/udp', 'one-moves-address-reused'))['binding-eventually-correct']).toBe('holds')
  })
})

describe('moves', () => {
  const arrives = (movement: Scenario['movement'], everyMove: Scenario['everyMove']) => {
    const internet = internetOf([node('a', listener(), { from: 'west-1' })], {
      moves: { a: ['west-2', 'west-3'] },
      movement,
      everyMove,
    })
    const isThere = { name: 'a is at its last stop', holds: (look: Look) => there(internet, look) }
    return check(internet.model, [{ id: 'it', ...eventuallyAlways(isThere) }])[0]!
  }
  const there = (internet: ReturnType<typeof internetOf>, look: Look): true | string =>
    internet.view(look).held('a').at(-1) === 'west-3/a' || 'a is elsewhere'

  test.each(['phased', 'atomic', 'make-before-break'] as const)(
    '%s: may be made, or are made in the end',
    (movement) => {
      const resting = arrives(movement, 'may')
      expect(resting).toMatchObject({ kind: 'violated', trace: { steps: [], loopStart: 0 } })
      expect(arrives(movement, 'owed').kind).toBe('holds')
    },
  )

  test('a host that may return need not: MIP–SIP, which refuses each binding at first', () => {
    const TCP = 'tcp-flows-both-ways'
    expect(kindsOf(ask('mip-sip/parallel-refused', 'one-returns'))[TCP]).toBe('violated')
    expect(kindsOf(ask('mip-sip/parallel-refused', 'one-returns', { scenario: { everyMove: 'owed' } }))[TCP]).toBe(
      'holds',
    )
  })
})

describe('identical packets', () => {
  const ping = (number: number): Packet => ({
    source: 'west-1/a',
    destination: 'east-1/b',
    hops: 8,
    message: { kind: 'ping', number } as never,
  })
  const flight = (copies: number) =>
    [ping(1), ping(2), ping(1)]
      .reduce((all: readonly Packet[], one) => enter(all, one, scenario('s', 's', { copies })), [])
      .map(({ message }) => (message as unknown as { number: number }).number)

  test('merge also where another lies between them, so that the last word is another; two copies keep it', () => {
    expect(flight(1)).toEqual([1, 2])
    expect(flight(2)).toEqual([1, 2, 1])
  })

  test('a role that says A, B, A is read as A, B where one copy is looked at: a state depends on it', () => {
    const speaker: Role<{ said: number }, { kind: 'say'; word: string }, never> = {
      start: { said: 0 },
      step: (me, event: Event<{ kind: 'say'; word: string }, never>) =>
        event.kind === 'attached'
          ? [{ said: 1 }, ['A', 'B', 'A'].map((word) => send({ kind: 'say' as const, word }, 'east-1/b'))]
          : stay(me),
    }
    const hearer: Role<{ last: string }, { kind: 'say'; word: string }, never> = {
      start: { last: 'A' },
      step: (me, event: Event<{ kind: 'say'; word: string }, never>) =>
        stay(event.kind === 'say' ? { last: event.word } : me),
    }
    const inTheEnd = (copies: number) => {
      const internet = internetOf(
        [node('a', speaker as never, { from: 'west-1' }), node('b', hearer as never, { at: ['east-1/b'] })],
        { moves: { a: ['west-2'] }, copies, timers: {} },
      )
      const said = {
        name: 'A',
        holds: (look: Look) => internet.view(look).state<{ last: string }>('b').last === 'A' || 'B',
      }
      return check(internet.model, [{ id: 'it', ...eventuallyAlways(said) }])[0]!.kind
    }
    expect(inTheEnd(1)).toBe('violated')
    expect(inTheEnd(2)).toBe('holds')
  })
})

test('the ladder says what was assumed of all of that', () => {
  const [result] = checkVariant('sims/credentials', 'address-given-away-agent-first', { properties: ['no-hijack'] })
  expect(result!.assumptions).toContain('an agent intercepts a packet also where its address has a holder')
  expect(result!.assumptions).toContain('a host may also stay where it is for good')
  expect(result!.assumptions).toContain('who is given an address that another still has waits for it')
})
