import type { Control } from '../../checker/limits.ts'
import { protocols } from '../../spec/protocols.ts'
import { errors } from '../errors.ts'
import { savedStory } from '../load/stories.ts'
import { type Replayed, replayStory } from '../replay.ts'
import { taskOf } from '../threads/task.ts'
import { theVariant } from './targets.ts'

export interface ReplayGiven {
  /** Of the trace. */
  readonly path: string
  /** The file of the user's own that its protocol is in, where the trace does not name it, or it is another by now. */
  readonly file: string | undefined
}

export interface ReplayFound {
  readonly target: string
  readonly scenario: string
  readonly property: string
  readonly replayed: Replayed
}

/** A saved counterexample against the model of today. */
export const replayTask = taskOf(
  import.meta.url,
  'replayTask',
  async ({ path, file }: ReplayGiven, control: Control): Promise<ReplayFound> => {
    const { story } = savedStory(path)
    const own = story.file === null ? null : (file ?? story.file ?? null)
    if (own === null && !protocols.some(({ name }) => name === story.protocol))
      throw errors.storyOfNoProtocol(path, story.protocol)
    const target = await theVariant(`${own ?? story.protocol}/${story.variant}`, control)
    if (target.protocol.name !== story.protocol)
      throw errors.storyOfAnother(path, story.protocol, own!, target.protocol.name)
    control.now()
    const { scenario, property } = story
    return {
      target: `${story.protocol}/${story.variant}`,
      scenario,
      property,
      replayed: replayStory(target, story, control),
    }
  },
)
