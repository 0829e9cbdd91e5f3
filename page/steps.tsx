import { atInstant, type Story } from '../counterexamples/story.ts'

/** The steps in words, with the property's status at each moment as a strip beside them. */
export function StepList({
  story,
  at,
  onStep,
  status,
}: {
  story: Story
  at: number
  onStep: (moment: number) => void
  status: (moment: number) => true | string | null
}) {
  const mark = (moment: number) => {
    const said = status(moment)
    const sign = said === null ? '' : said === true ? '✓' : '✗'
    return (
      <span
        class={`strip ${said === null ? '' : said === true ? 'ok' : 'wrong'}`}
        title={typeof said === 'string' ? said : ''}
      >
        {sign}
      </span>
    )
  }
  return (
    <ol class="steps" aria-label="steps of the run">
      <li>
        <button type="button" aria-current={at === 0 ? 'step' : undefined} onClick={() => onStep(0)}>
          {mark(0)} the beginning
        </button>
      </li>
      {story.steps.map((step, i) => (
        <li key={i} class={story.loopStart !== null && i >= story.loopStart ? 'loops' : ''}>
          <button type="button" aria-current={at === i + 1 ? 'step' : undefined} onClick={() => onStep(i + 1)}>
            {mark(i + 1)} {i + 1}. {atInstant(story, i, step.text)}
          </button>
        </li>
      ))}
      {story.loopStart !== null && (
        <li class="pale">
          ∞{' '}
          {story.loopStart === story.moments.length - 1
            ? 'nothing more can happen'
            : `again from before step ${story.loopStart + 1}, for ever`}
        </li>
      )}
    </ol>
  )
}
