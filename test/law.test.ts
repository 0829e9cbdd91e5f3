import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Leaning, leaningText } from '../analysis/assumptions/leaning.ts'
import { type Asked, survivalTable } from '../analysis/survival.ts'
import { survivalSummary } from '../analysis/survival-summary.ts'
import { summaryMarkdown, survivalMarkdown } from '../analysis/survival-text.ts'
import { propertiesOf } from '../properties/index.ts'
import type { Scenario } from '../spec/index.ts'
import { compose } from '../spec/internet/compose.ts'
import { DOUBLE_JUMP, exceptions, predictsSurvival, survives } from '../spec/law.ts'
import type { Protocol, Variant } from '../spec/protocol.ts'
import { protocols } from '../spec/protocols.ts'
import { ask } from './protocols/ask.ts'

/** What the main job has to find, so that a table of it is one of verdicts. */
function expected(protocol: Protocol, variant: Variant, scenario: Scenario): Asked[] {
  const internet = compose(variant.nodes(scenario), scenario, protocol.describe)
  return propertiesOf({ internet, subject: variant.subject }).map(({ id }) => ({
    protocol: protocol.name,
    variant: variant.name,
    scenario: scenario.name,
    property: id,
    verdict: variant.expect[scenario.name]?.[id] ?? 'holds',
  }))
}

const variants = protocols.flatMap((protocol) =>
  protocol.variants
    .filter((variant) => variant.scenarios.some((s) => s.name === DOUBLE_JUMP))
    .map((variant) => ({ name: `${protocol.name}/${variant.name}`, protocol, variant })),
)

test('the findings say how often it is right', () => {
  const right = variants.length - Object.keys(exceptions).length
  const findings = readFileSync(resolve(import.meta.dirname, '../docs/findings.md'), 'utf8')
  expect(findings).toContain(`in ${right} of ${variants.length} variants`)
})

describe('what a variant has predicts whether it survives a double jump', () => {
  for (const { name, protocol, variant } of variants) {
    test(name, () => {
      const scenario = variant.scenarios.find((s) => s.name === DOUBLE_JUMP)!
      const verdicts = expected(protocol, variant, scenario)
      const survived = survives((id) => verdicts.find((v) => v.property === id)?.verdict)
      expect(survived).toBe(name in exceptions ? !predictsSurvival(variant) : predictsSurvival(variant))
    })
  }
})

test('every exception names a variant, and is one in a search as well', () => {
  for (const name of Object.keys(exceptions)) {
    const found = variants.find((v) => v.name === name)
    expect(found, name).toBeDefined()
    const verdicts = ask(name, DOUBLE_JUMP)
    expect(survives((id) => verdicts[id]?.kind)).toBe(!predictsSurvival(found!.variant))
  }
})

test('every variant of a double jump says what it has, if only nothing', () => {
  for (const { name, variant } of variants) expect(variant.survivesBy, name).toBeDefined()
})

test("the README's table and that of docs/survival.md are what the main job finds", () => {
  const root = resolve(import.meta.dirname, '..')
  const results = protocols.flatMap((protocol) =>
    protocol.variants.flatMap((variant) =>
      variant.scenarios
        .filter((s) => variant.large?.includes(s.name) !== true)
        .flatMap((scenario) => expected(protocol, variant, scenario)),
    ),
  )
  const rows = survivalTable(results)
  const leanings = JSON.parse(readFileSync(resolve(root, 'docs/leans-on.json'), 'utf8')) as { rows: Leaning[] }
  const leaning = (name: string): string => leaningText(leanings.rows.find(({ target }) => target === name)!)
  const tables = {
    'README.md': summaryMarkdown(survivalSummary(rows), () => null),
    'docs/survival.md': survivalMarkdown(
      rows,
      () => null,
      ({ protocol, variant }) => leaning(`${protocol}/${variant}`),
    ),
  }
  for (const [file, table] of Object.entries(tables)) {
    const text = readFileSync(resolve(root, file), 'utf8').replaceAll(/\[([^\]]+)\]\([^)]*#[^)]*\)/g, '$1')
    expect(text.includes(table), `${file}: npm run survival`).toBe(true)
  }
})
