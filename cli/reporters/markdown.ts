import { survivalTable } from '../../analysis/survival.ts'
import { survivalMarkdown } from '../../analysis/survival-text.ts'
import type { Reporter } from './index.ts'
import { outcomeOf } from './words.ts'

export const markdown: Reporter = ({ results, overview }) => {
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
  const survival = overview ? [survivalMarkdown(survivalTable(results), () => null)] : []
  return [
    ...survival,
    '| variant | scenario | property | verdict | states | seconds |',
    '|---|---|---|---|---:|---:|',
    ...results.map(
      (result) =>
        `| ${result.protocol}/${result.variant} | ${result.scenario} | ${result.property} | ${
          result.asExpected ? '' : '**not as expected** '
        }${cell(outcomeOf(result))} | ${result.states} | ${result.seconds.toFixed(2)} |`,
    ),
    '',
  ].join('\n')
}
