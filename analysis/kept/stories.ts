import { deserialize, serialize } from 'node:v8'
import type { Story } from '../../counterexamples/index.ts'
import type { Result } from '../job.ts'
import type { Keeping } from './keeping.ts'

/** Four fifths of what is kept of a search are its runs, and most reports show none: each is read when somebody looks at it. */
export const apartFromStories: NonNullable<Keeping<never, Result[]>['form']> = {
  write: (results) => results.map((result) => ({ ...result, story: serialize(result.story) })),
  read: (written) =>
    (written as readonly (Omit<Result, 'story'> & { readonly story: Uint8Array })[]).map((each) => {
      const { story, ...rest } = each
      let read: Story | null | undefined
      return {
        ...rest,
        get story(): Story | null {
          if (read === undefined) read = deserialize(story) as Story | null
          return read
        },
      }
    }),
}
