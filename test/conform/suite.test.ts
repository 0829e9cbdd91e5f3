import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { canonical } from '../../checker/canonical.ts'
import type { Value } from '../../checker/model.ts'
import { keysOf, sippScenarios } from '../../conform/sipp.ts'
import { type Cover, type Suite, suiteFor } from '../../conform/suite.ts'
import { compose } from '../../spec/internet/compose.ts'
import { doublejump } from '../cli/run.ts'
import { describeWith, sipp } from '../programs.ts'
import { find } from '../protocols/ask.ts'

type Step = (state: Value, event: { readonly kind: string }) => readonly [Value, readonly Sent[]]
interface Sent {
  readonly do: string
  readonly message: { readonly kind: string }
  readonly to: string
}

function worldOf(target: string, scenarioName: string, name: string, cover: Cover = 'transitions') {
  const { protocol, variant } = find(target)
  const scenario = variant.scenarios.find((s) => s.name === scenarioName)!
  const internet = compose(variant.nodes(scenario), scenario, protocol.describe)
  const step = internet.layout.topology.nodes.find((n) => n.name === name)!.role.step as unknown as Step
  return { suite: suiteFor(internet, name, 100_000, cover, protocol.sections), step }
}

/** Runs a suite against an implementation: the tests that fail, and the transitions that were taken. */
function against(suite: Suite, step: Step) {
  const taken = new Set<string>()
  const failed = suite.tests.filter(({ steps }) => {
    let state = suite.start
    return steps.some(({ event, sends }) => {
      taken.add(canonical([state, event as unknown as Value]))
      const [next, effects] = step(state, event)
      state = next
      const sent = effects.map((one) => (one.do === 'send' ? { ...one.message, to: one.to } : one))
      return canonical(sent as unknown as Value) !== canonical(sends as Value)
    })
  })
  return { failed, taken }
}

describe('a suite takes every transition, and the spec itself passes it', () => {
  test.each([
    ['sip/direct', 'both-move', 'a'],
    ['sip/resend-replace-branch', 'both-move', 'server-b'],
    ['hip/rvs-when-sent-again', 'both-move', 'a'],
    ['wireguard/roaming', 'both-move', 'a'],
  ])('%s, %s, %s', (target, scenario, name) => {
    const { suite, step } = worldOf(target, scenario, name)
    const { failed, taken } = against(suite, step)
    expect(failed).toEqual([])
    expect(suite.complete).toBe(true)
    expect(taken.size).toBe(suite.transitions)
    expect(suite.tests.length).toBeLessThan(suite.transitions)
  })
})

describe('a cover of pairs', () => {
  test.each([
    ['sip/direct', 'both-move', 'a'],
    ['mipv6/home-address', 'both-move', 'ha-a'],
  ])('%s, %s, %s: each transition after each that can come before it', (target, scenario, name) => {
    const { suite, step } = worldOf(target, scenario, name, 'pairs')
    const pairs = new Set<string>()
    for (const { steps } of suite.tests) {
      let [state, last] = [suite.start, '']
      for (const { event } of steps) {
        const here = canonical([state, event as unknown as Value])
        pairs.add(`${last} ${here}`)
        last = here
        state = step(state, event)[0]
      }
    }
    expect(pairs.size).toBe(suite.transitions)
    const { suite: single } = worldOf(target, scenario, name)
    expect(suite.transitions).toBeGreaterThan(single.transitions)
    expect(against(suite, step)).toMatchObject({ failed: [] })
  })
})

describe('scenarios of SIPp', () => {
  const { suite } = worldOf('sip/direct', 'both-move', 'b')
  const scenarios = sippScenarios(suite)

  test('one a test; those in which the user agent moves say so, and run a command for it', () => {
    expect(scenarios.length).toBe(suite.tests.length)
    for (const [i, { xml, moves }] of scenarios.entries()) {
      expect(moves).toBe(suite.tests[i]!.steps.some(({ event }) => event.kind === 'attached'))
      expect(xml.includes('exec command="[move]"')).toBe(moves)
      // Every element is closed, and every variable that is looked at was kept.
      const elements = xml.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>/g, '')
      const open = [...elements.matchAll(/<(\w+)(?:"[^"]*"|[^">])*?(\/?)>/g)].filter(([, , closed]) => closed === '')
      expect(open.map(([, name]) => name).sort()).toEqual(
        [...elements.matchAll(/<\/(\w+)>/g)].map(([, name]) => name).sort(),
      )
      for (const [, variable] of xml.matchAll(/\[\$(\w+)\]/g)) expect(xml).toContain(`assign_to="${variable}"`)
    }
  })

  test('what a test demands of the user agent is what SIPp waits for', () => {
    const glare = suite.tests.findIndex(({ steps }) =>
      steps.some(({ sends }) => JSON.stringify(sends).includes('491 Request Pending')),
    )
    expect(scenarios[glare]!.xml).toMatch(/<recv response="491"/)
    const givesUp = suite.tests.findIndex(({ steps }) => steps.some(({ event }) => event.kind === 'Timer B'))
    expect(scenarios[givesUp]!.xml).toMatch(/<recv request="BYE" timeout="60000"\/>/)
  })

  describeWith(sipp, 'SIPp itself', () => {
    const folder = mkdtempSync(join(tmpdir(), 'doublejump-sipp-'))
    const statusOf = (name: string, xml: string): number | null => {
      const path = join(folder, `${name}.xml`)
      writeFileSync(path, xml)
      const keys = ['here', ...keysOf(suite)].flatMap((key) => ['-key', key, '127.0.0.1'])
      const options = ['-m', '0', '-nostdin', '-timeout', '1s', '-key', 'move', 'true']
      return spawnSync('sipp', ['127.0.0.1:9', '-sf', path, ...options, ...keys], { cwd: folder }).status
    }

    test('reads each of them, and refuses a broken one', () => {
      for (const { name, xml } of scenarios) expect([name, statusOf(name, xml)]).toEqual([name, 0])
      expect(statusOf('broken', scenarios[0]!.xml.replace('[$target]', '[$nowhere]'))).not.toBe(0)
    })
  })
})

describe('bugs in a user agent that the suite finds', () => {
  const { suite, step } = worldOf('sip/direct', 'both-move', 'a')
  const sends = (change: (sent: readonly Sent[]) => readonly Sent[]): Step => {
    return (state, event) => {
      const [next, sent] = step(state, event)
      return [next, change(sent)]
    }
  }
  const on =
    (kind: string): Step =>
    (state, event) =>
      event.kind === kind ? [state, []] : step(state, event)
  const bugs: Readonly<Record<string, Step>> = {
    'it never registers': sends((sent) => sent.filter(({ message }) => message.kind !== 'REGISTER')),
    'its re-INVITE has the old Contact': sends((sent) =>
      sent.map((one) =>
        one.message.kind === 'INVITE' ? { ...one, message: { ...one.message, contact: 'west-1/a' } } : one,
      ),
    ),
    'it answers 200 where there is glare': sends((sent) =>
      sent.map((one) =>
        one.message.kind === '491 Request Pending' ? { ...one, message: { ...one.message, kind: '200 OK' } } : one,
      ),
    ),
    'it does not acknowledge': sends((sent) => sent.filter(({ message }) => !message.kind.startsWith('ACK'))),
    'it does not send again': on('Timer A'),
    'it never gives up': on('Timer B'),
    'it does not try again after 491': (state, event) =>
      event.kind.startsWith('back-off') ? [state, []] : step(state, event),
    'it forgets the new remote target': (state, event) => {
      const [next, sent] = step(state, event)
      const { remoteTarget } = state as { remoteTarget: string }
      return [event.kind === 'INVITE' ? { ...(next as object), remoteTarget } : next, sent] as ReturnType<Step>
    },
  }
  test.each(Object.keys(bugs))('%s', (bug) => {
    expect(against(suite, bugs[bug]!).failed.length).toBeGreaterThan(0)
  })
})

describe('doublejump tests', () => {
  test('a vitest file that runs against an adapter, and fails on a broken one', () => {
    const { code, out, err } = doublejump(['tests', 'wireguard/roaming', '--role', 'a', '--format', 'vitest'])
    expect([code, err]).toEqual([0, expect.stringMatching(/\d+ tests take \d+ transitions of a\.\n$/)])
    const folder = mkdtempSync(join(tmpdir(), 'doublejump-suite-'))
    const root = resolve(import.meta.dirname, '../..')
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    writeFileSync(join(folder, 'roaming.test.js'), out)
    const run = (change: string) => {
      writeFileSync(
        join(folder, 'system.js'),
        `import { protocols } from ${JSON.stringify(join(root, 'dist/spec/protocols.js'))}
const variant = protocols.find(({ name }) => name === 'wireguard').variants.find(({ name }) => name === 'roaming')
const role = variant.nodes(variant.scenarios.find(({ name }) => name === 'both-move')).find(({ name }) => name === 'a').role
export function makeSystem(_, start) {
  let state = start
  return { step(event) {
    const [next, effects] = role.step(state, event)
    state = next
    return effects.map((one) => ({ ...one.message, to: one.to }))${change}
  } }
}
`,
      )
      return spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder], {
        encoding: 'utf8',
        env: { ...process.env, VITEST: '', NODE_ENV: '' },
      })
    }
    const right = run('')
    expect([right.status, right.stdout]).toEqual([0, expect.stringMatching(/passed/)])
    expect(run('.slice(1)').status).toBe(1)
  })

  test('each step names the section that it exercises', () => {
    for (const target of ['sip/direct', 'mipv6/ro-rfc', 'mip/co-located', 'hip/direct']) {
      const { out } = doublejump(['tests', target, '--role', 'a'])
      const { tests } = JSON.parse(out) as Suite
      const sources = tests.flatMap(({ steps }) => steps.map(({ source }) => source))
      expect(sources.filter((source) => source === null)).toEqual([])
      expect(sources.every((source) => /§|sends|gives up/.test(source!))).toBe(true)
    }
  })

  test('suites out of counterexamples: a test for each property that is violated', () => {
    const { code, out, err } = doublejump(['tests', 'mipv6/ro-seed', '--role', 'a', '--cover', 'counterexamples'])
    expect([code, err]).toEqual([0, expect.stringMatching(/ tests take \d+ runs of a\.\n$/)])
    const names = (JSON.parse(out) as Suite).tests.map(({ name }) => name)
    expect(names).toContain('binding-eventually-correct')
    // Nothing is violated there.
    const none = ['tests', 'mipv6/home-address', '--role', 'a', '--cover', 'counterexamples']
    expect(doublejump(none)).toMatchObject({ code: 10, err: expect.stringMatching(/There is nothing to test/) })
  })

  test('scenarios of SIPp as files; and where there can be none', () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'doublejump-sipp-')), 'new')
    const args = ['tests', 'sip/direct', '--role', 'b', '--scenario', 'one-moves-twice', '--format', 'sipp']
    const { code, err } = doublejump([...args, '--out', folder])
    expect([code, err]).toEqual([0, expect.stringMatching(/-key here ADDRESS -key west_2 ADDRESS -key west_3 ADDRESS/)])
    expect(readdirSync(folder).length).toBeGreaterThan(5)
    expect(doublejump(args)).toMatchObject({ code: 10, err: expect.stringMatching(/--out/) })
    const mipv6 = ['tests', 'mipv6/ro-rfc', '--role', 'a', '--format', 'sipp', '--out', folder]
    expect(doublejump(mipv6)).toMatchObject({ code: 10, err: expect.stringMatching(/SIPp cannot play/) })
    expect(doublejump(['tests', 'sip/direct', '--role', 'a', '--cover', 'all'])).toMatchObject({
      code: 10,
      err: expect.stringMatching(/no cover 'all'/),
    })
  })

  test('a role or scenario that is not there; a bound that is hit', () => {
    expect(doublejump(['tests', 'sip/direct', '--role', 'c'])).toMatchObject({
      code: 10,
      err: expect.stringMatching(/no node 'c'.*There are: a, /),
    })
    expect(doublejump(['tests', 'sip/direct', '--role', 'a', '--scenario', 'none']).code).toBe(10)
    const { code, out, err } = doublejump(['tests', 'sip/direct', '--role', 'a', '--max-states', '50'])
    expect([code, JSON.parse(out).complete]).toEqual([16, false])
    expect(err).toMatch(/there may be more/)
  })
})
