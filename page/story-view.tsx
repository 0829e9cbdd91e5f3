import { useMemo, useState } from 'preact/hooks'
import { ladderSvg } from '../counterexamples/ladder-svg.ts'
import { sentence } from '../counterexamples/sentence.ts'
import type { Story } from '../counterexamples/story.ts'
import { Ladder } from './ladder.tsx'
import { StepList } from './steps.tsx'

/** A story from a file: shown as it is, without its protocol. */
export function StoryView({ story }: { story: Story }) {
  const [at, setAt] = useState(0)
  const svg = useMemo(() => ladderSvg(story), [story])
  return (
    <>
      <h1>
        {story.protocol}/{story.variant} · {story.scenario} · {story.property}
      </h1>
      <p>{sentence(story)}</p>
      <div class="panes">
        <Ladder svg={svg} at={at} onStep={(step) => setAt(step + 1)} />
        <StepList story={story} at={at} onStep={setAt} status={() => null} />
      </div>
    </>
  )
}
