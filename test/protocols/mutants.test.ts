import { expect, test } from 'vitest'
import type { Node } from '../../spec/index.ts'
import { paperUserAgent } from '../../spec/sip/paper-user-agent.ts'
import { ask } from './ask.ts'
import { anchors } from './mutants/anchors.ts'
import { mobileIp } from './mutants/mobile-ip.ts'
import { sip } from './mutants/sip.ts'
import { today } from './mutants/today.ts'

/** Scenarios made for a mutant, from one that ships. */
const made: Record<string, { from: string; given: object }> = {
  'callee-moves-nobody': { from: 'one-moves', given: { moves: {} } },
  'one-moves-twice-reordered': { from: 'one-moves-twice', given: { links: 'bag' } },
}

for (const mutant of [...sip, ...mobileIp, ...anchors, ...today]) {
  test(`${mutant.name} is killed by '${mutant.killedBy}'`, () => {
    const { from, given } = made[mutant.scenario] ?? { from: mutant.scenario, given: {} }
    const broken = ask(mutant.target, from, { change: mutant.nodes, scenario: given })
    expect(broken[mutant.killedBy]?.kind).toBe('violated')
    // Its unbroken twin passes, or the mutant shows nothing.
    expect(ask(mutant.target, from, { scenario: given })[mutant.killedBy]?.kind).toBe('holds')
  })
}

test('taking the Contact of an OK without the glare rule overwrites news by older news', () => {
  const change = (nodes: readonly Node[]): readonly Node[] =>
    nodes.map((n) => {
      if (n.name !== 'a' && n.name !== 'b') return n
      const other = n.name === 'a' ? 'b' : 'a'
      const place = { a: 'west-1/a', b: 'east-1/b' }
      const settings = {
        name: n.name,
        start: place[n.name],
        peer: place[other],
        registrar: `home-${n.name}/server`,
        okMovesTarget: true,
      }
      return { ...n, role: paperUserAgent({ ...settings, outbound: `home-${other}/server` }) as never }
    })
  expect(ask('sip-paper/resend-replace-branch', 'both-move')['no-stale-overwrite']?.kind).toBe('holds')
  expect(ask('sip-paper/resend-replace-branch', 'both-move', { change })['no-stale-overwrite']?.kind).toBe('violated')
})
