import { useState } from 'preact/hooks'
import { sentence } from '../counterexamples/sentence.ts'
import type { Story } from '../counterexamples/story.ts'
import { Picture } from './picture.tsx'
import { StepList } from './steps.tsx'

/** A story from a file: shown as it is, without its protocol. */
export function StoryView({ story }: { story: Story }) {
  const [at, setAt] = useState(0)
  return (
    <>
      <h1>
        {story.protocol}/{story.variant} · {story.scenario} · {story.property}
      </h1>
      <p>{sentence(story)}</p>
      <div class="panes">
        <Picture story={story} at={at} onStep={(step) => setAt(step + 1)} />
        <StepList story={story} at={at} onStep={setAt} status={() => null} />
      </div>
    </>
  )
}
