import type { Result } from '../../analysis/job.ts'
import type { Reporter } from './report.ts'
import { outcomeOf, titleOf } from './words.ts'

/** Workflow commands of GitHub Actions: an annotation for each check that is not as expected, at its variant's line where a file has it. */
export const github: Reporter = ({ results }) => {
  const bad = results.filter((result) => !result.asExpected)
  const lines = bad.map(
    (result) => `::error ${place(result)}title=${property(titleOf(result))}::${data(outcomeOf(result))}`,
  )
  return `${[...lines, `::notice title=doublejump::${results.length} checks, ${bad.length} not as expected`].join('\n')}\n`
}

const place = ({ file, line }: Result): string =>
  file === null ? '' : `file=${property(file)},${line === null ? '' : `line=${line},`}`

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
