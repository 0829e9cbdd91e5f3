import { expect, test } from 'vitest'
import { doublejump } from './run.ts'

test('a double jump of plain SIP ends after the 32 s of Timer B, told from timers alone', () => {
  const { code, out } = doublejump([
    'explain',
    'sip/direct',
    '--scenario',
    'both-move',
    '--property',
    'session-survives',
    '--given',
    'd=25',
    '--json',
  ])
  expect(code).toBe(0)
  const { steps, time } = JSON.parse(out) as {
    steps: { text: string; clock: string }[]
    time: { instants: number[] }
  }
  // The names of what takes time, not those of the clocks of a search.
  for (const { clock } of steps)
    expect(clock).toMatch(/^(d\([a-z0-9-]+,[a-z0-9-]+\)|(leaves|blackout)\([ab]\)|Timer [ABE])$/)
  const sent = steps.findIndex(({ text }) => text.includes('attaches as'))
  const end = steps.findIndex(({ text }) => text.startsWith('Timer B fires'))
  expect(time.instants[end]! - time.instants[sent]!).toBe(32_000)
})

test('a ladder with a clock tells when each step is taken', () => {
  const { out } = doublejump([
    'explain',
    'wireguard/roaming',
    '--scenario',
    'both-move',
    '--property',
    'binding-eventually-correct',
    '--timed',
  ])
  expect(out).toContain('both-move, timed')
  expect(out).toMatch(/ {2}1 {7}0\.000 s {2}/)
  expect(out).toContain('one-way latency 10–40 ms')
})

test('a run with a clock can be done again', () => {
  const { out } = doublejump([
    'explain',
    'mip-lr/direct',
    '--scenario',
    'both-move',
    '--property',
    'binding-eventually-correct',
    '--given',
    'd=25',
    '--json',
  ])
  expect((JSON.parse(out) as { time: { timing: object } }).time.timing).toMatchObject({ latency: [25, 25] })
})

test('check with a clock says so, compares with what is expected without, and how to see a run of it', () => {
  const asked = ['--scenario', 'both-move', '--property', 'binding-eventually-correct']
  const timed = doublejump(['check', 'mip-lr/revised-answers', ...asked, '--given', 'd=25'])
  expect(timed.code).toBe(13)
  expect(timed.out).toContain('mip-lr/revised-answers, timed\n')
  expect(timed.out).toContain('violated, but expected without a clock: holds')
  expect(timed.out).toContain(`--property <name> --scenario <name> --timed --given "d=25"' shows a run`)
  expect(doublejump(['check', 'mip-lr/revised-answers', ...asked]).out).not.toMatch(/timed|clock/)
})

test('list --timed names what takes time, with its source', () => {
  const { out } = doublejump(['list', 'mip-lr/revised-answers', '--timed'])
  expect(out).toMatch(/revision window +1000 +000 §IV\.D/)
  expect(out).toMatch(/blackout\(a\) +20\.\.1700/)
  expect(out).toMatch(/ d +10\.\.40 /)
})

test('bounds as JSON: points, inequalities, and the run of each', () => {
  const { code, out } = doublejump([
    'bounds',
    'mip-lr/revised-answers',
    '--property',
    'binding-eventually-correct',
    '--vary',
    'revision window=0..200/50',
    '--given',
    'd=25',
    '--given',
    'blackout=100',
    '--json',
  ])
  expect(code).toBe(0)
  const found = JSON.parse(out) as {
    points: { at: Record<string, number>; holds: boolean }[]
    inequalities: { text: string; run: { steps: object[] } }[]
    complete: boolean
  }
  expect(found.points).toEqual(
    [0, 50, 100, 150, 200].map((window) => ({ at: { 'revision window': window }, holds: window > 100 })),
  )
  expect(found.inequalities.map(({ text }) => text)).toEqual(['revision window ≤ 100'])
  expect(found.inequalities[0]!.run.steps.length).toBeGreaterThan(0)
  expect(found.complete).toBe(true)
})

const bounds = (...args: string[]) => [
  'bounds',
  'mip-lr/revised-answers',
  '--property',
  'binding-eventually-correct',
  ...args,
]

test.each([
  ['no point', ['--vary', 'd=1..2', '--max-states', '20'], 16, 'No point was decided.'],
  ['all points alike, and it fails', ['--vary', 'd=1..2'], 0, 'It fails everywhere.'],
  ['all points alike, and it holds', ['--vary', 'revision window=1800..1900/100'], 0, 'It holds at every point.'],
])('bounds of %s are told without inequalities', (_, args, expected, says) => {
  const { code, out } = doublejump(bounds(...args))
  expect(code).toBe(expected)
  expect(out).toContain(`\n${says}\n`)
  expect(out).not.toContain('at all other points')
})

test.each([
  ['a minimum above its maximum', ['check', 'sip/direct', '--given', 'd=40..10'], 'ends before it begins'],
  ['a negative time', ['check', 'sip/direct', '--given', 'd=-1'], 'which is no time'],
  ['no interval at all', ['check', 'sip/direct', '--given', 'd'], 'says nothing of the form name=interval'],
  [
    'an unknown parameter',
    ['check', 'sip/direct', '--given', 'Timer C=5'],
    "Nothing that takes time is called 'Timer C'",
  ],
  ['an unknown parameter to vary', bounds('--vary', 'T_h=0..5'), "Nothing that takes time is called 'T_h'"],
  [
    'more points than can be decided',
    bounds('--vary', 'revision window=0..99999', '--vary', 'd=0..9999'),
    'That is 1,000,000,000 points',
  ],
  ['a parameter without end', bounds('--vary', 'revision window=0..'), 'has no end'],
  ['what is given twice', ['check', 'sip/direct', '--given', 'd=5', '--given', 'd=25'], 'says twice how long d takes'],
  ['what is given and varies', bounds('--vary', 'd=1..5', '--given', 'd=25'), 'd is given, and varies as well'],
  ['what varies twice', bounds('--vary', 'd=1..5', '--vary', 'd=1..5'), 'd varies twice'],
  ['a step that passes the end', bounds('--vary', 'd=1..5/3'), 'its last value is 4'],
  [
    'what varies and makes no difference',
    bounds('--vary', 'blackout=1..5', '--given', 'blackout(a)=1', '--given', 'blackout(b)=1'),
    'makes no difference',
  ],
  ['a step of nothing', bounds('--vary', 'revision window=0..5/0'), 'must be a whole number above 0'],
  [
    'a picture of one parameter',
    bounds('--vary', 'revision window=0..5', '--format', 'svg'),
    'drawn of two parameters',
  ],
])('%s is refused, and why is said', (_, args, why) => {
  const { code, err } = doublejump(args)
  expect(code).toBe(10)
  expect(err).toContain(why)
})

test('durations: the shortest and the longest, each with its run, and whether that is too long', () => {
  const asked = ['durations', 'mip-lr/revised-answers', '--given', 'd=25', '--given', 'blackout=100..300']
  const repair = doublejump([...asked, '--property', 'binding-eventually-correct', '--at-most', '24', '--json'])
  expect(repair.code).toBe(12)
  const { shortest, longest, complete, isLonger } = JSON.parse(repair.out) as {
    shortest: { milliseconds: number; story: { time: { instants: number[] } } }
    longest: { milliseconds: number; story: { steps: object[]; time: { instants: number[] } } }
    complete: boolean
    isLonger: boolean
  }
  expect({ complete, isLonger }).toEqual({ complete: true, isLonger: true })
  // An update takes one way, from the last attachment on.
  expect(shortest.milliseconds).toBe(25)
  expect(longest.milliseconds).toBeGreaterThanOrEqual(25)
  const enough = doublejump([
    ...asked,
    '--property',
    'binding-eventually-correct',
    '--at-most',
    String(longest.milliseconds),
  ])
  expect(enough.code).toBe(0)
  expect(enough.out).toMatch(new RegExp(`at most +${longest.milliseconds} ms`))
})

test('nothing is an amount of time', () => {
  const asked = ['durations', 'mobike/overlap', '--property', 'session-survives', '--given', 'd=25', '--at-most']
  const { code, out } = doublejump([...asked, '0'])
  expect([0, 12]).toContain(code)
  expect(out).toContain('than the 0 ms that were asked for')
  const negative = doublejump([...asked, '-1'])
  expect(negative.code).toBe(10)
  expect(negative.err).toContain('must be a whole number from 0 on')
})

test('what cannot be measured is said, with what can', () => {
  const { code, err } = doublejump(['durations', 'sip/direct', '--property', 'session-survives', '--measure', 'wrong'])
  expect(code).toBe(10)
  expect(err).toContain('What can: lasts.')
})

const FOR_EVER = ['durations', 'mip-lr/revised-answers', '--property', 'binding-eventually-correct', '--given', 'd=25']

test('what is never repaired takes for ever, and is told so once; both runs are drawn', () => {
  const { code, out } = doublejump(FOR_EVER)
  expect(code).toBe(0)
  expect(out).toMatch(/at least +25 ms\n +at most +for ever\n/)
  expect(out).toContain('it is not so, for ever.')
  expect(out).not.toContain('for ever, for ever')
  expect(out).toContain('The longest:')
  expect(out.slice(out.indexOf('The shortest:'))).toContain('it takes 25 ms until it is so for good')
})

test('durations: what was not searched to its end is not known, and not called short enough', () => {
  const { code, out } = doublejump([...FOR_EVER, '--max-states', '20', '--at-most', '5000'])
  expect(code).toBe(16)
  expect(out).toMatch(/at most +not known/)
  expect(out).toContain('not known whether longer than the 5,000 ms')
  const json = doublejump([...FOR_EVER, '--max-states', '20', '--at-most', '5000', '--json'])
  expect(JSON.parse(json.out)).toMatchObject({ longest: null, complete: false, isLonger: null })
})
