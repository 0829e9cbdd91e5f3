import { expect, test } from 'vitest'
import { ask, kindsOf, told } from './ask.ts'

// Paper 000, claim by claim, on the model of RFC 3261; then what the wire showed (docs/findings.md, E2 and E3).

test('000 §III.A, Fig. 2: both move, each re-INVITE goes to the address that the other has left', () => {
  const verdicts = ask('sip/direct', 'both-move')
  const binding = verdicts['binding-eventually-correct']!
  expect(binding.kind).toBe('violated')
  const steps = told(binding)
  expect(steps.filter((text) => text.includes('leaves'))).toHaveLength(2)
  expect(steps).toContain(
    're-INVITE (CSeq 2, Contact west-2/a) to east-1/b is lost: nobody holds east-1/b, b has left east-1',
  )
  expect(steps).toContain(
    're-INVITE (CSeq 2, Contact east-2/b) to west-1/a is lost: nobody holds west-1/a, a has left west-1',
  )
})

test('000 §III.A: the registrations are not affected', () => {
  expect(ask('sip/direct', 'both-move')['registrations-eventually-correct']?.kind).toBe('holds')
})

test('E2: sent again to the dead address, then Timer B, BYE to the dead address, and the call is over (RFC 3261 §14.1)', () => {
  const steps = told(ask('sip/direct', 'both-move')['session-survives']!)
  expect(steps.filter((text) => text === 'Timer A fires at a').length).toBeGreaterThan(0)
  expect(steps[steps.length - 1]).toMatch(/^Timer B fires at [ab]$/)
})

test('one move alone is mended by one re-INVITE', () => {
  for (const scenario of ['one-moves', 'one-moves-one-loss']) {
    expect(kindsOf(ask('sip/direct', scenario))['binding-eventually-correct']).toBe('holds')
  }
})

test('E3 (i): a proxy that follows the Request-URI relays to the stale Contact, 408, BYE', () => {
  const steps = told(ask('sip/home-proxy-rfc', 'both-move')['session-survives']!)
  expect(steps.some((text) => text.startsWith('branch time-out fires'))).toBe(true)
  expect(steps[steps.length - 1]).toContain('408 Request Timeout')
})

test('E3 (iii): the call dies of 491 while a stale branch is pending, although every registration is right', () => {
  const verdicts = ask('sip/home-proxy-relookup', 'both-move')
  expect(verdicts['registrations-eventually-correct']?.kind).toBe('holds')
  const death = verdicts['the-call-dies-of-glare']!
  expect(death.kind).toBe('holds')
  const steps = told(death)
  expect(steps.filter((text) => text.includes('receives 491 Request Pending')).length).toBeGreaterThanOrEqual(2)
  expect(steps.findIndex((text) => text.includes('491'))).toBeLessThan(steps.findIndex((text) => text.includes('408')))
})

test('E3 (iv): with the resend as one more branch, a 491 of that branch waits for the dead one, and 408 wins', () => {
  const verdicts = ask('sip/resend-add-branch', 'both-move')
  expect(kindsOf(verdicts)).toMatchObject({ 'the-call-dies-of-glare': 'holds', 'session-survives': 'violated' })
  const steps = told(verdicts['session-survives']!)
  const answered = steps.findIndex((text) => text.startsWith('server-') && text.includes('491 Request Pending'))
  const timeout = steps.findIndex((text) => text.startsWith('branch time-out'))
  expect(answered).toBeGreaterThan(0)
  expect(timeout).toBeGreaterThan(answered)
})

test('what 16.7 leaves open decides: a proxy that prefers 491 to 408 saves the call', () => {
  expect(kindsOf(ask('sip/resend-add-branch-491', 'both-move'))).toMatchObject({
    'binding-eventually-correct': 'holds',
    'session-survives': 'holds',
    'the-call-dies-of-glare': 'violated',
  })
})

test('replacing the stale branch is the repair: also with a loss, fair loss, reordering and eager retransmissions', () => {
  for (const scenario of ['both-move', 'both-move-one-loss', 'both-move-fair-loss', 'both-move-reordered']) {
    expect(kindsOf(ask('sip/resend-replace-branch', scenario)), scenario).toMatchObject({
      'binding-eventually-correct': 'holds',
      'session-survives': 'holds',
    })
  }
})

test('000 §IV.A repairs under RFC 3261 as well, if the proxy gives up the stale branch when it looks up again', () => {
  for (const scenario of ['both-move', 'both-move-one-loss', 'both-move-reordered']) {
    const verdict = (variant: string) => kindsOf(ask(`sip/${variant}`, scenario))['session-survives']
    expect(verdict('relookup-replace-branch'), scenario).toBe('holds')
    expect(verdict('relookup-on-retransmit'), scenario).toBe('violated')
  }
})

test('§14.1: with equal back-offs the glare can go on for ever, as a real lasso', () => {
  const verdict = ask('sip/resend-replace-branch', 'both-move-equal-back-off')['binding-eventually-correct']!
  expect(verdict.kind).toBe('violated')
  if (verdict.kind !== 'violated') return
  const { steps, loopStart } = verdict.trace!
  const loop = steps.slice(loopStart!).map((step) => step.text)
  expect(loop.some((text) => text.includes('491 Request Pending'))).toBe(true)
  expect(loop.some((text) => text.startsWith('back-off'))).toBe(true)
})

test('000 §IV.A at the detail of the paper: looking up once is not enough, looking up at each retransmission is', () => {
  expect(kindsOf(ask('sip-paper/home-proxy-relookup', 'both-move'))['binding-eventually-correct']).toBe('violated')
  expect(kindsOf(ask('sip-paper/relookup-on-retransmit', 'both-move'))['binding-eventually-correct']).toBe('holds')
  expect(kindsOf(ask('sip/relookup-on-retransmit', 'both-move'))['binding-eventually-correct']).toBe('violated')
})

test('000 §IV.D: the Interceptor holds when its entry is there in time, and not when it is raced or its message is lost', () => {
  expect(kindsOf(ask('sip/interceptor', 'both-move'))['binding-eventually-correct']).toBe('holds')
  expect(kindsOf(ask('sip/interceptor', 'both-move-eager'))['binding-eventually-correct']).toBe('violated')
  expect(kindsOf(ask('sip/interceptor', 'both-move-one-loss'))['binding-eventually-correct']).toBe('violated')
})

test('000 §IV.D: told until it acknowledges, an Interceptor stands one loss and fair loss; told once, it does not', () => {
  for (const protocol of ['sip', 'sip-paper']) {
    for (const scenario of ['both-move-one-loss', 'both-move-fair-loss']) {
      const verdict = (variant: string) =>
        kindsOf(ask(`${protocol}/${variant}`, scenario))['binding-eventually-correct']
      expect(verdict('interceptor-acknowledged'), `${protocol} ${scenario}`).toBe('holds')
      expect(verdict('interceptor'), `${protocol} ${scenario}`).toBe('violated')
    }
  }
})

test('000 §IV.C: simultaneous bindings hold with a long overlap; a round trip is too short for a back-off', () => {
  expect(kindsOf(ask('sip/simultaneous-bindings', 'both-move'))['binding-eventually-correct']).toBe('holds')
  expect(kindsOf(ask('sip/simultaneous-bindings', 'both-move-overlap-round-trip'))['binding-eventually-correct']).toBe(
    'violated',
  )
  expect(
    kindsOf(ask('sip-paper/simultaneous-bindings', 'both-move-overlap-round-trip'))['binding-eventually-correct'],
  ).toBe('holds')
})

test('000 §IV.C: a second move during the first overlap makes a binding wrong, and the second re-INVITE mends it', () => {
  for (const target of ['sip/simultaneous-bindings', 'sip-paper/simultaneous-bindings']) {
    const hurried = kindsOf(ask(target, 'one-moves-twice'))
    expect(hurried, target).toMatchObject({ 'a-binding-goes-stale': 'holds', 'binding-eventually-correct': 'holds' })
    // Where the second move waits for the end of the first overlap, nothing is ever wrong.
    const waits = kindsOf(ask(target, 'one-moves-twice', { scenario: { pace: 'any' } }))
    expect(waits['a-binding-goes-stale'], target).toBe('violated')
  }
})

test('§13.3.1.4: a 200 OK whose ACK died where its sender was ends a call in which nobody is wrong about anybody', () => {
  const scenario = { moves: { a: ['west-2', 'west-3'], b: ['east-2'] } }
  const verdicts = ask('sip/relookup-on-retransmit-491', 'both-move-twice', { scenario })
  const steps = told(verdicts['session-survives']!)
  expect(steps.at(-1)).toMatch(/^no ACK fires at [ab]$/)
  expect(steps.findIndex((text) => text.startsWith('ACK (CSeq 2'))).toBeLessThan(
    steps.findIndex((text) => text.includes('re-INVITE (CSeq 3')),
  )
})

test('the sizes are what they were: a change of them is a change of the model', () => {
  const states = (target: string, scenario: string): number =>
    ask(target, scenario)['binding-eventually-correct']!.statistics.states
  expect(states('sip/direct', 'one-moves')).toBe(14)
  expect(states('sip/direct', 'both-move')).toMatchInlineSnapshot(`623`)
  expect(states('sip/home-proxy-relookup', 'both-move')).toMatchInlineSnapshot(`3036`)
  expect(states('sip-paper/direct', 'both-move')).toMatchInlineSnapshot(`181`)
})
