import type { Result } from '../../analysis/job.ts'
import type { Reporter } from './report.ts'
import { outcomeOf, titleOf } from './words.ts'

/** SARIF 2.1.0: a result for each check that is not as expected, at the line of the file that names its variant, where it is in one. */
export const sarif: Reporter = ({ results }) => {
  const ids = [...new Set(results.map((result) => result.property))].sort()
  const bad = results.filter((result) => !result.asExpected)
  return `${JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'doublejump',
              rules: ids.map((id) => ruleOf(results.find((result) => result.property === id)!)),
            },
          },
          results: bad.map((result) => ({
            ruleId: result.property,
            ruleIndex: ids.indexOf(result.property),
            level: result.verdict === 'incomplete' ? 'warning' : 'error',
            message: { text: `${titleOf(result)}: ${outcomeOf(result)}` },
            locations: [{ ...placeOf(result), logicalLocations: [{ fullyQualifiedName: nameOf(result) }] }],
            // Whoever shows results tells by this whether it is one that was there before.
            partialFingerprints: { check: `${nameOf(result)}/${result.property}` },
          })),
          columnKind: 'utf16CodeUnits',
        },
      ],
    },
    null,
    2,
  )}\n`
}

const ruleOf = ({ property, means }: Result) => ({
  id: property,
  name: property,
  shortDescription: { text: means === '' ? property : means },
})

const nameOf = ({ protocol, variant, scenario, timed }: Result): string =>
  `${protocol}/${variant}/${scenario}${timed ? '/timed' : ''}`

const placeOf = ({ file, line }: Result) =>
  file === null
    ? {}
    : { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line ?? 1 } } }

/** A path as the reference of a URI: relative to where the run was, if it was given so. */
const uriOf = (file: string): string =>
  file.replaceAll('\\', '/').replace(/^\.\//, '').split('/').map(encodeURIComponent).join('/')
