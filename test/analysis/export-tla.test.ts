import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Guarded, guardedOf } from '../../analysis/export/guarded.ts'
import { tla } from '../../analysis/export/tla.ts'
import { isModuleName, namedClaims, tlaConfig, tlaRunsConfig } from '../../analysis/export/tla-config.ts'
import { namedRuns } from '../../analysis/export/tla-runs.ts'
import { decision } from '../../analysis/export/tla-trees.ts'
import { lookUp } from '../../analysis/export/told.ts'
import { explore } from '../../checker/explore.ts'
import type { Model, Outcome } from '../../checker/model.ts'
import { always, eventually, everyStep, is, ltl, type Property, until, withinSteps } from '../../checker/property.ts'
import type { Tree } from '../../checker/table.ts'
import { type Found, ours, tlcOf, tlcOfRuns } from '../../generate/other-checkers.ts'
import { fairlyWithTlc, type TlcRun, withTlc } from '../../generate/verifiers.ts'
import { full } from '../full.ts'
import { describeWith, tlc } from '../programs.ts'
import { readTla } from './read-tla.ts'
import { cellIs, claimsOfRuns, exported, modelsToExport, p, q } from './to-export.ts'

/** What the module means, and nothing else. */
function enumerate(guarded: Guarded): Found {
  const module = readTla(tla(guarded, 'model'))
  const claims = namedClaims(guarded)
  const seen: Record<string, boolean> = Object.fromEntries(claims.map(({ id }) => [id, false]))
  const known = new Set([module.initial.join()])
  const queue = [module.initial]
  let transitions = 0
  for (const row of queue) {
    for (const { id, kind, operator } of claims) if (kind !== 'steps' && !module.holds(operator, row)) seen[id] = true
    for (const action of module.actions) {
      const next = module.after(action, row)
      if (next === null) continue
      transitions++
      for (const { id, kind, operator } of claims)
        if (kind === 'steps' && next.join() !== row.join() && !module.holds(operator, row, next)) seen[id] = true
      if (known.has(next.join())) continue
      known.add(next.join())
      queue.push(next)
    }
  }
  return { states: known.size, transitions, seen }
}

describe('a module of TLA+', () => {
  test.each([
    ['mptcp/client-joins', 'both-move'],
    ['hip/direct', 'both-move-fair-loss'],
    ['sip-paper/direct', 'both-move'],
  ])('has the states, steps and verdicts that we find: %s, %s', (name, scenario) => {
    const { guarded, found } = exported(name, scenario)
    expect(enumerate(guarded)).toEqual(found)
  })

  test('has patience: its twin without has others', () => {
    const { guarded, found } = exported('sip/direct', 'both-move')
    expect(enumerate(guarded)).toEqual(found)
    const twin = { ...guarded, rules: guarded.rules.map((rule) => ({ ...rule, rank: null, patient: false })) }
    // Without it, it comes to states that no search came to, and says so.
    expect(() => enumerate(twin)).toThrow('unknown: ')
  })

  test('says what to do with it, in one file', () => {
    const { guarded } = exported('mptcp/client-joins', 'both-move')
    const text = tla(guarded, 'a title', 'other')
    expect(text).toMatch(/^---- MODULE other ----\n\\\* a title\n.* other\.cfg other\.tla\n/)
    for (const line of tlaConfig(guarded).trimEnd().split('\n')) expect(text).toContain(`\\*   ${line}\n`)
    for (const { operator } of namedClaims(guarded)) expect(text).toContain(`\n${operator} == `)
    expect(text).toContain('a-good-end-is-reachable, in some state: TO BE VIOLATED')
    expect(tlaConfig(guarded)).toContain('\n\\* INVARIANT Not_a_good_end_is_reachable\n')
    expect(tlaConfig(guarded, ['a-good-end-is-reachable'])).toContain('\nINVARIANT Not_a_good_end_is_reachable\n')
    expect(tlaConfig(guarded, [])).toBe('SPECIFICATION Spec\nCHECK_DEADLOCK FALSE\n')
  })

  test('is called as a file, if it can be', () => {
    expect(['model', 'sip_direct', '3g', '_1a'].filter(isModuleName)).toEqual(['model', 'sip_direct', '3g', '_1a'])
    expect(['', '17', 'sip-direct', 'TLC', 'WF_a', 'é'].filter(isModuleName)).toEqual([])
  })

  test('has an operator for each part of a large tree, and halves of long ones', () => {
    const tree = treeOf(1000, (i) => treeOf(40, (k) => ({ result: i * 40 + k })))
    const lines = decision({ name: 'd', tree, cellName: (cell) => `c${cell}`, told: String })
    expect(Math.max(...lines.map((line) => line.split(' -> ').length))).toBeLessThanOrEqual(65)
    const { holds } = readTla([...lines, 'Init == c0 = 0', 'Next == FALSE', ...ASKED].join('\n'))
    expect(ASKED.map((_, i) => holds(`q${i}`, [0, 0]))).toEqual([true, false, false])
    expect(ASKED.map((_, i) => holds(`q${i}`, [999, 39]))).toEqual([false, true, false])
    expect(ASKED.map((_, i) => holds(`q${i}`, [512, 16]))).toEqual([false, false, true])
    expect(() => holds('q0', [1000, 0])).toThrow('unknown: "d"')
    expect(() => holds('q0', [3, 40])).toThrow('unknown: "d"')
  })
})

const ASKED = ['q0 == d = 0', 'q1 == d = 39999', 'q2 == d = 20496']

function treeOf(count: number, next: (i: number) => Tree<number>): Tree<number> {
  // In no order: 7 and the count have no divisor in common.
  const branches = Array.from({ length: count }, (_, i) => [(i * 7) % count, next((i * 7) % count)] as const)
  return { cell: count === 1000 ? 0 : 1, branches }
}

const HOSTILE = 'x */ *) (* \\* "%s" \\ é 日 ==== \n---- MODULE y ----\r--algorithm'

/** A cell that goes to 2 from 1, in two ways, and stays; whatever has a name has one that is none of TLA+. */
const leaving: Model = {
  cells: [`place ${HOSTILE}`],
  initial: [[1]],
  absorb: (_, value) => value,
  rules: [
    {
      name: HOSTILE,
      reads: [0],
      fire: (look) =>
        ['a', 'b'].map((way) => ({
          label: { kind: 'go', text: `${way} ${HOSTILE}` },
          sets: [[0, look(0) === 1 ? 2 : HOSTILE]] as const,
          sends: [],
        })),
    },
  ],
}
const claims: readonly Property[] = [
  { id: 'from 1', ...everyStep({ name: 'from 1', holds: (before) => before(0) !== 2 || 'from 2' }) },
  { id: 'one', ...always({ name: 'one', holds: (look) => look(0) !== 2 || 'it is 2' }) },
  { id: HOSTILE, ...always({ name: 'any', holds: () => true }) },
  { id: `${HOSTILE}-`, ...always({ name: 'any', holds: () => true }) },
]
const hostile = guardedOf(explore(leaving), claims)

describe('names that would end a comment, or are none', () => {
  test('do not, and are told apart', () => {
    const names = namedClaims(hostile).map(({ operator }) => operator)
    expect(new Set(names).size).toBe(4)
    expect(names.every((name) => /^[A-Za-z]\w*$/.test(name))).toBe(true)
    expect(enumerate(hostile)).toEqual(ours(leaving, claims).found)
    const lines = tla(hostile, HOSTILE).split('\n')
    expect(lines.filter((line) => line.startsWith('----') || line.startsWith('===='))).toHaveLength(2)
  })
})

const samples = (numRuns: number): Model[] => fc.sample(modelsToExport, { numRuns, seed: 7 })

/** Two cells, each to come to 2: what is owed can be done there, or nothing; of the second only by turns. */
const idling: Model = {
  cells: ['weak', 'strong'],
  initial: [[0, 0]],
  absorb: (_, value) => value,
  rules: [
    {
      name: 'weak',
      reads: [0],
      fire: (look) => (look(0) === 2 ? [] : [to(0, 0, 'weak'), to(0, 2, 'weak')]),
    },
    {
      name: 'strong',
      reads: [1],
      fire: (look) => (look(1) === 2 ? [] : [to(1, look(1) === 0 ? 0 : 2, 'strong')]),
    },
    {
      name: 'turns',
      reads: [1],
      fire: (look) =>
        look(1) === 2 ? [] : [{ ...to(1, look(1) === 0 ? 1 : 0, 'weak'), fair: { class: 'turns', strength: 'weak' } }],
    },
  ],
}
const to = (cell: number, value: number, strength: 'weak' | 'strong'): Outcome => ({
  label: { kind: 'go', text: `${cell} is ${value}` },
  sets: [[cell, value]],
  sends: [],
  fair: { class: strength, strength },
})
const ofIdling: readonly Property[] = [
  { id: 'the weak one', ...eventually(cellIs(0, 2)) },
  { id: 'the strong one', ...eventually(cellIs(1, 2)) },
]

/** Whether `Owed_i` is so of a step exactly if an outcome that the i-th class owes leads there; how many steps some class owes. */
function owedSteps(guarded: Guarded): number {
  const module = readTla(tla(guarded, 'model'))
  const known = new Set([module.initial.join()])
  const queue = [module.initial]
  let count = 0
  for (const row of queue) {
    const classes = new Map<string, Set<number>>()
    for (const action of module.actions) {
      const next = module.after(action, row)
      if (next === null) continue
      const [, rule, k] = /^Rule(\d+)_(\d+)_/.exec(action)!
      const { fair } = lookUp(guarded.rules[Number(rule)]!.tree, row)[Number(k)]!
      classes.set(next.join(), (classes.get(next.join()) ?? new Set()).add(fair))
      if (!known.has(next.join())) queue.push(next)
      known.add(next.join())
    }
    for (const [text, wanted] of classes) {
      const next = text.split(',').map(Number)
      const owed = [...guarded.fairness.keys()].filter((fair) => module.holds(`Owed_${fair}`, row, next))
      expect(new Set(owed)).toEqual(new Set([...wanted].filter((fair) => fair >= 0)))
      count += owed.length
    }
  }
  return count
}

describe('what is claimed of whole runs', () => {
  test.each([
    ['mobike/single-homed', 'both-move'],
    ['sip-setup/paper-relookup', 'one-moves'],
  ])('is asked of runs that pay what each class owes: %s, %s', (name, scenario) => {
    const { guarded } = exported(name, scenario)
    expect(owedSteps(guarded)).toBeGreaterThan(50)
    const text = tla(guarded, 'model')
    for (const [fair, { strength }] of guarded.fairness.entries())
      expect(text).toMatch(
        new RegExp(`\nFairSpec ==[^=]*\n  /\\\\ \\(?${strength === 'weak' ? 'WF' : 'SF'}_vars\\(Owed_${fair}\\)`),
      )
    expect(text).toContain('\nRuns_binding_eventually_correct == (<> ([] p0_is0))\n')
    expect(text).toContain(
      '\n\\*   Runs_binding_eventually_correct: binding-eventually-correct, of every run of FairSpec\n',
    )
    const config = tlaConfig(guarded)
    for (const line of tlaRunsConfig(namedRuns(guarded)).trimEnd().split('\n'))
      expect(config).toContain(`\n\\* ${line}\n`)
  })

  test('knows the class of each outcome of random models, and of which a step that changes nothing may be', () => {
    const told = { owed: 0, idle: 0, never: 0 }
    for (const model of samples(40)) {
      const guarded = guardedOf(explore(model), claimsOfRuns)
      told.owed += owedSteps(guarded)
      const text = tla(guarded, 'model')
      for (const fair of guarded.fairness.keys()) text.includes(`\nIdle_${fair} == `) ? told.idle++ : told.never++
    }
    for (const count of Object.values(told)) expect(count).toBeGreaterThan(10)
  })

  test('is left out where it counts steps, or TLA+ has no operator, and that is said', () => {
    const left: readonly Property[] = [
      { id: 'in two steps', ...ltl(withinSteps(2, is(p))) },
      { id: 'until', ...ltl(until(is(p), is(q))) },
    ]
    const guarded = guardedOf(explore(samples(1)[0]!), [
      ...left,
      { ...claimsOfRuns[0]!, id: 'a-b' },
      { ...claimsOfRuns[1]!, id: 'a b' },
    ])
    expect(namedRuns(guarded).map(({ operator }) => operator)).toEqual(['Runs_a_b', 'Runs_a_b_too'])
    const text = tla(guarded, 'model')
    expect(text).toContain('\n\\* in two steps is not said: it counts steps')
    expect(text).toContain('\n\\* until is not said: TLA+ has neither')
  })
})

describeWith(tlc, 'TLC', () => {
  test('finds the same, and something else of a twin', () => {
    const { guarded, found } = exported('mptcp/client-joins', 'both-move')
    expect(tlcOf(guarded, found)).toEqual(found)
    const twin = { ...guarded, rules: guarded.rules.slice(1) }
    expect(() => expect(tlcOf(twin, found)).toEqual(found)).toThrow()
  }, 120_000)

  test('takes what has names that are none, and counts two ways to the same state as two', () => {
    const { found } = ours(leaving, claims)
    expect(tlcOf(hostile, found)).toEqual(found)
    expect(found).toMatchObject({ states: 3, transitions: 6 })
  }, 120_000)

  test('says where it comes to what the search did not', () => {
    const { guarded, found } = exported('sip/direct', 'both-move')
    const twin = { ...guarded, rules: guarded.rules.map((rule) => ({ ...rule, rank: null, patient: false })) }
    expect(tlcOf(twin, found)).toContain('unknown: a state that the search did not come to')
  }, 120_000)

  test('stops at what is violated: at once at what is to be reachable, where it is asked', () => {
    const { guarded, found } = exported('mptcp/client-joins', 'both-move')
    const violated = namedClaims(guarded).filter(({ id, kind }) => kind !== 'reachable' && found.seen[id])
    withTlc(tla(guarded, 'model'), (run) => {
      const { violated: first } = run(tlaConfig(guarded)) as TlcRun
      expect(violated.map(({ operator }) => operator)).toContain(first)
      const asked = tlaConfig(guarded, ['a-good-end-is-reachable'])
      expect(run(asked)).toMatchObject({ violated: 'Not_a_good_end_is_reachable' })
      expect(run(`${asked}\nINVARIANT none`)).toContain('none')
    })
  }, 120_000)

  test('says what we say of runs, with strong fairness; and something else of twins', () => {
    const { guarded, holds } = exported('sip-setup/paper-relookup', 'one-moves')
    const agree = Object.fromEntries(Object.keys(holds).map((id) => [id, 'agree']))
    expect(Object.values(holds)).toEqual([true, true, true, true])
    expect(tlcOfRuns(guarded, holds)).toEqual(agree)
    const one = { ...guarded, runs: guarded.runs.slice(0, 1) }
    const { id } = one.runs[0]!
    const weak = guarded.fairness.map((fair) => ({ ...fair, strength: 'weak' as const }))
    expect(tlcOfRuns({ ...one, fairness: weak }, holds)).toEqual({ [id]: 'differ' })
    expect(tlcOfRuns(one, { [id]: false })).toEqual({ [id]: 'differ' })
    const impatient = guarded.rules.map((rule) => ({ ...rule, rank: null, patient: false }))
    expect(tlcOfRuns({ ...one, rules: impatient }, holds)[id]).toContain('unknown: ')
    expect(tlcOfRuns(one, holds, 0.01)).toEqual({ [id]: 'too long' })
  }, 240_000)

  test('knows of owed steps that change nothing, which WF and SF do not', () => {
    const { guarded, holds } = ours(idling, ofIdling)
    expect(holds).toEqual({ 'the weak one': false, 'the strong one': false })
    expect(tlcOfRuns(guarded, holds)).toEqual({ 'the weak one': 'agree', 'the strong one': 'agree' })
    const without = tla(guarded, 'model').replaceAll(/ \\\/ \[\]<>Idle_\d+/g, '')
    const configs = namedRuns(guarded).map((run) => tlaRunsConfig([run]))
    expect(fairlyWithTlc(without, configs, 60)).toEqual([true, true])
  }, 120_000)

  test('says what we say of runs of random models', () => {
    const told = new Set<string>()
    for (const model of samples(full ? 60 : 3)) {
      const { guarded, holds } = ours(model, claimsOfRuns)
      expect(new Set(Object.values(tlcOfRuns(guarded, holds)))).toEqual(new Set(['agree']))
      for (const so of Object.values(holds)) told.add(String(so))
    }
    expect(told.size).toBe(2)
  }, 600_000)
})
