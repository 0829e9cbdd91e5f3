import { captionOf, type Story } from './story.ts'

/**
 * The counterexample as a regression test (vitest): its steps can still be taken, and the run still violates the property. A protocol of one's own
 * is imported from the file that the story names.
 */
export function testText(story: Story): string {
  const { protocol, variant, scenario, property, loopStart } = story
  const file = story.file ?? null
  const target =
    file === null
      ? `variantOf(${JSON.stringify(`${protocol}/${variant}`)})`
      : `variantOf(protocol, ${JSON.stringify(variant)})`
  const steps = story.steps.map(({ text }) => ({ text }))
  return [
    "import { replayStory, variantOf } from 'doublejump/analysis'",
    "import { expect, test } from 'vitest'",
    ...(file === null ? [] : [`import protocol from ${JSON.stringify(file.startsWith('.') ? file : `./${file}`)}`]),
    '',
    `// ${story.reason.replaceAll(/[\r\n]/g, ' ')}`,
    `const recorded = ${JSON.stringify({ scenario, property, loopStart, steps }, null, 2)}`,
    '',
    `test(${JSON.stringify(`${captionOf(story)} still happens`)}, () => {`,
    `  expect(replayStory(${target}, recorded)).toMatchObject({ kind: 'still happens' })`,
    '})',
    '',
  ].join('\n')
}
