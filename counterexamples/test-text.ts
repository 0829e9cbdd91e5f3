import type { Story } from './story.ts'

/**
 * The counterexample as a regression test (vitest): the verdict, and that the run is still possible, step by step.
 *
 * @param target what `explain` calls the variant: `sip/direct`, or `my-protocol.ts/direct` where it comes from a file
 */
export function testText(story: Story, target = `${story.protocol}/${story.variant}`): string {
  return `import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

// ${story.reason.replaceAll(/[\r\n]/g, ' ')}
test(${JSON.stringify(`${target}, ${story.scenario}: ${story.property}`)}, () => {
  const out = execFileSync('npx', ['doublejump', 'explain', ${JSON.stringify(target)}, '--property', ${JSON.stringify(story.property)}, '--scenario', ${JSON.stringify(story.scenario)}, '--json'], { encoding: 'utf8' })
  expect(JSON.parse(out).steps.map((step: { text: string }) => step.text)).toEqual(${JSON.stringify(
    story.steps.map(({ text }) => text),
    null,
    2,
  ).replaceAll('\n', '\n  ')})
})
`
}
