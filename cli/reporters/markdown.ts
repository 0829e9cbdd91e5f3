import { survivalTable } from '../../analysis/survival.ts'
import { survivalMarkdown } from '../../analysis/survival-text.ts'
import { markdownText } from '../../counterexamples/markdown.ts'
import type { Reporter } from './report.ts'
import { outcomeOf, scenarioOf } from './words.ts'

export const markdown: Reporter = ({ results, overview }) => {
  const survival = overview ? [survivalMarkdown(survivalTable(results), () => null)] : []
  return [
    ...survival,
    '| variant | scenario | property | verdict | states | seconds |',
    '|---|---|---|---|---:|---:|',
    ...results.map((result) => {
      const names = [`${result.protocol}/${result.variant}`, scenarioOf(result), result.property].map(markdownText)
      const verdict = `${result.asExpected ? '' : '**not as expected** '}${markdownText(outcomeOf(result))}`
      return `| ${[...names, verdict, result.states, result.seconds.toFixed(2)].join(' | ')} |`
    }),
    '',
  ].join('\n')
}
