import { expect, test } from 'vitest'
import { exactOdds } from '../../analysis/odds/exact.ts'
import { variantOf } from '../../analysis/target.ts'

/** A process as its files have it: of each state its choices, each a row of probabilities. */
interface ReadProcess {
  readonly choices: readonly (readonly (readonly number[])[])[]
  readonly so: ReadonlySet<number>
  readonly start: number
}

function read({ tra, lab }: { readonly tra: string; readonly lab: string }): ReadProcess {
  const [head, ...lines] = tra.trim().split('\n')
  const count = Number(head!.split(' ')[0])
  const choices: number[][][] = Array.from({ length: count }, () => [])
  for (const line of lines) {
    const [from, choice, next, chance] = line.split(' ').map(Number) as [number, number, number, number]
    choices[from]![choice] ??= new Array<number>(count).fill(0)
    choices[from]![choice]![next]! += chance
  }
  const labelled = lab
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(':') as [string, string])
  const having = (label: string): number[] =>
    labelled.flatMap(([state, labels]) => (labels.trim().split(' ').includes(label) ? [Number(state)] : []))
  return { choices, so: new Set(having('2')), start: having('0')[0]! }
}

/** How likely it is that it is so from some moment on, with one choice for each state: where a closed class is all so, by Gauss's elimination. */
function chanceOf({ so, start }: ReadProcess, rows: readonly (readonly number[])[]): number {
  const reach = rows.map((_, from) => {
    const found = new Set([from])
    for (const state of found) for (const [next, chance] of rows[state]!.entries()) if (chance > 0) found.add(next)
    return found
  })
  const isClosed = rows.map((_, state) => [...reach[state]!].every((next) => reach[next]!.has(state)))
  const value = rows.map((_, state): number =>
    isClosed[state] && [...reach[state]!].every((one) => so.has(one)) ? 1 : 0,
  )
  const open = [...rows.keys()].filter((state) => !isClosed[state])
  const system = open.map((state) => [
    ...open.map((next) => (next === state ? 1 : 0) - rows[state]![next]!),
    rows[state]!.reduce((sum, chance, next) => sum + (isClosed[next] ? chance * value[next]! : 0), 0),
  ])
  system.forEach((_, i) => {
    const pivot = system.reduce(
      (best, row, k) => (k > i && Math.abs(row[i]!) > Math.abs(system[best]![i]!) ? k : best),
      i,
    )
    ;[system[i], system[pivot]] = [system[pivot]!, system[i]!]
    for (let k = i + 1; k < system.length; k++) {
      const factor = system[k]![i]! / system[i]![i]!
      if (factor !== 0) for (let j = i; j <= open.length; j++) system[k]![j]! -= factor * system[i]![j]!
    }
  })
  for (let i = open.length - 1; i >= 0; i--) {
    const known = open.reduce((sum, state, j) => (j > i ? sum + system[i]![j]! * value[state]! : sum), 0)
    value[open[i]!] = (system[i]!.at(-1)! - known) / system[i]![i]!
  }
  return value[start]!
}

/** All choices, where they are few. */
function everyWay(process: ReadProcess): number[] {
  const several = process.choices.flatMap((own, state) => (own.length > 1 ? [state] : []))
  const ways = several.reduce((product, state) => product * process.choices[state]!.length, 1)
  expect(ways).toBeLessThan(3000)
  return Array.from({ length: ways }, (_, way) => {
    let left = way
    const rows = process.choices.map((own) => {
      const chosen = own[left % own.length]!
      left = Math.floor(left / own.length)
      return chosen
    })
    return chanceOf(process, rows)
  })
}

test.each([
  ['mip-lr/direct', 'both-move', { 'leaves(a)': '1000', 'leaves(b)': '1125' }, 0.25],
  ['mip-lr/hlr-initiated', 'one-moves', { 'leaves(a)': '1000' }, 0.1],
] as const)('%s: who reads the files alone comes to the same, over all choices', (target, scenario, given, loss) => {
  const { least, most, prism } = exactOdds(variantOf(target), {
    scenario,
    property: 'binding-eventually-correct',
    given: { d: '25', blackout: '100', ...given },
    loss,
    prism: true,
  })
  const process = read(prism!)
  const all = everyWay(process)
  expect(Math.min(...all)).toBeCloseTo(least.least, 8)
  expect(Math.max(...all)).toBeCloseTo(most.most, 8)
  // The twin: probabilities that are off by a tenth are noticed.
  const off = process.choices.map((own) => own.map(skewed))
  expect(Math.abs(Math.max(...everyWay({ ...process, choices: off })) - most.most)).toBeGreaterThan(1e-3)
})

/** A tenth from the first to the last. */
function skewed(row: readonly number[]): number[] {
  const places = row.flatMap((chance, i) => (chance > 0 ? [i] : []))
  return places.length < 2
    ? [...row]
    : row.map((chance, i) => chance + (i === places.at(-1) ? 0.1 : i === places[0] ? -0.1 : 0))
}
