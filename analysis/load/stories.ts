import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Story } from '../../counterexamples/index.ts'
import { readStory, StoryError } from '../../counterexamples/read-story.ts'
import { errors, InputError } from '../errors.ts'

/** A counterexample in a file. */
export interface SavedStory {
  readonly path: string
  /** The file's name without its ending: for a test of that name. */
  readonly name: string
  readonly story: Story
}

const MOST_BYTES = 64 * 2 ** 20

/**
 * The saved counterexamples of a folder, by name, each a case of a regression test:
 * `for (const { name, story } of storiesIn('counterexamples')) test(name, () => …replayStory(target, story)…)`.
 *
 * @throws InputError where there is none, or one cannot be read
 */
export const storiesIn = (folder: string): SavedStory[] => storyFiles(folder).map(savedStory)

/**
 * The JSON files in a folder, in the order of their names; a file stands for itself.
 *
 * @throws InputError where a folder has none
 */
export function storyFiles(path: string): string[] {
  if (!existsSync(path) || !statSync(path).isDirectory()) return [path]
  const names = readdirSync(path).filter((name) => name.endsWith('.json'))
  if (names.length === 0) throw errors.noStories(path)
  return names.sort().map((name) => join(path, name))
}

/** @throws InputError where a file is not what `explain --format json` or `check --out` writes */
export function savedStory(path: string): SavedStory {
  if (!existsSync(path)) throw errors.noFile(path)
  if (statSync(path).size > MOST_BYTES) throw errors.notAStory(path, `It has more than ${MOST_BYTES / 2 ** 20} MiB.`)
  try {
    return { path, name: basename(path, '.json'), story: readStory(JSON.parse(readFileSync(path, 'utf8'))) }
  } catch (error) {
    if (error instanceof InputError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw errors.notAStory(path, error instanceof StoryError ? why : `It is no JSON: ${why}`)
  }
}
