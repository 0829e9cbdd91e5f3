import type { Scenario } from '../../spec/internet/scenario.ts'
import type { Alternative, Axis, Ground } from './axis.ts'

/** How often each node crashes of which it is said what survives that: its role says so, or a scenario has it crash. */
export function crashAxes({ protocol, scenario, nodes }: Ground): Axis[] {
  const crashing = new Set(
    protocol.variants.flatMap(({ scenarios }) =>
      scenarios.flatMap(({ crashes }) => Object.keys(crashes).filter((name) => crashes[name]! > 0)),
    ),
  )
  return nodes
    .filter(({ name, role }) => role.restart !== undefined || crashing.has(name))
    .map(({ name }): Axis => {
      const now = scenario.crashes[name] ?? 0
      const at = (n: number): Alternative => ({
        value: String(n),
        instead: n === 0 ? `${name} does not crash` : `${name} crashes ≤ ${n}`,
        short: n === 0 ? `no crash of ${name}` : `≤ ${n} crashes of ${name}`,
        change: (s: Scenario) => ({ ...s, crashes: { ...s.crashes, [name]: n } }),
      })
      return {
        id: `crashes of ${name}`,
        assumes: at(now).instead,
        short: at(now).short,
        says: () => true,
        weaker: now === 0 ? [at(1)] : [],
        stronger: Array.from({ length: now }, (_, i) => at(now - i - 1)),
      }
    })
}
