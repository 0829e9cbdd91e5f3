import type { Reporter } from './index.ts'
import { outcomeOf, titleOf } from './words.ts'

/** SARIF 2.1.0: a result for each check that is not as expected. */
export const sarif: Reporter = ({ results }) => {
  const ids = [...new Set(results.map((result) => result.property))].sort()
  return `${JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'doublejump', rules: ids.map((id) => ({ id, name: id })) } },
          results: results
            .filter((result) => !result.asExpected)
            .map((result) => ({
              ruleId: result.property,
              level: 'error',
              message: { text: `${titleOf(result)}: ${outcomeOf(result)}` },
              locations: [
                {
                  logicalLocations: [{ fullyQualifiedName: `${result.protocol}/${result.variant}/${result.scenario}` }],
                },
              ],
            })),
        },
      ],
    },
    null,
    2,
  )}\n`
}
