import { useEffect, useMemo, useState } from 'preact/hooks'
import type { TargetVariant } from '../analysis/target.ts'
import { parametersOf, standsFor } from '../analysis/timing/parameters.ts'
import { sentence } from '../counterexamples/sentence.ts'
import type { Story } from '../counterexamples/story.ts'
import { timingInWords } from '../spec/internet/timing.ts'
import type { Catalogue } from './catalogue.ts'
import { ClockSwitch } from './clock-switch.tsx'
import type { Go, Place } from './permalink.ts'
import { Picture } from './picture.tsx'
import { Playground } from './playground.ts'
import { SaveAs } from './save-as.tsx'
import { Search } from './search.ts'
import { StepList } from './steps.tsx'
import type { TimeGiven } from './time-given.ts'
import { TimeSliders } from './time-sliders.tsx'
import type { Told } from './worker.ts'

type Here = Place & { protocol: string; variant: string; scenario: string; property: string; given: TimeGiven }

/** A variant with a clock: how long things take, the verdict for that, and the least run. Whatever is changed is searched anew. */
export function TimedRun({
  place,
  target,
  catalogue,
  go,
}: {
  place: Here
  target: TargetVariant
  catalogue: Catalogue
  go: Go
}) {
  const { protocol, variant, scenario, property, given } = place
  const key = JSON.stringify(given)
  const playground = useMemo(() => new Playground(target, scenario, given), [target, scenario, key])
  const [told, setTold] = useState<Told | null>(null)
  const [story, setStory] = useState<Story | null>(null)
  useEffect(() => {
    setTold(null)
    const search = new Search(
      { own: catalogue.own, protocol, variant, scenario, property, given, states: 400_000 },
      (news) => {
        setTold(news)
        if (news.kind === 'done') setStory(news.story)
      },
    )
    // What is given has changed, or the page is left: that search is of no use any more.
    return () => search.stop()
  }, [protocol, variant, scenario, property, key])
  const { layout } = playground.internet
  const moving = layout.topology.nodes.filter(({ mobile }) => mobile).map(({ name }) => name)
  const assumed = timingInWords(playground.scenario.time!, moving, playground.scenario.movement)
  const at = Math.min(place.at, story?.steps.length ?? 0)
  const step = (to: number): void => go({ at: to }, 'replace')
  return (
    <>
      <h1>
        {protocol}/{variant} · {scenario}, timed · {property}
      </h1>
      <div class="bar">
        <ClockSwitch given={given} go={go} />
        <span role="status" aria-label="verdict" class={told?.kind === 'done' ? told.verdicts[0]?.verdict : 'pale'}>
          {verdictOf(told)}
        </span>
        {story !== null && <SaveAs story={{ ...story, file: target.file }} />}
      </div>
      {wrongIn(place, playground).map((text) => (
        <p key={text} class="error" role="alert">
          {text}
        </p>
      ))}
      <TimeSliders internet={playground.internet} given={given} go={go} />
      <p class="pale">Assumed of time: {assumed.join(' · ')}</p>
      {story === null ? (
        told?.kind === 'done' && <p>There is no run to show.</p>
      ) : (
        <div class={told?.kind === 'done' ? '' : 'waits'}>
          <p>{sentence(story)}</p>
          <div class="panes">
            <Picture story={story} at={at} onStep={(i) => step(i + 1)} />
            <StepList story={story} at={at} onStep={step} status={() => null} />
          </div>
        </div>
      )}
    </>
  )
}

/** What the address says of time that comes to nothing. */
function wrongIn({ given, leftOut }: Here, { internet }: Playground): string[] {
  const known = parametersOf(internet)
  const unknown = Object.keys(given).filter((name) => !known.some((one) => standsFor(name, one.name)))
  return [
    ...leftOut.map(
      (text) =>
        `The address of this page says '${text}', which is no interval: it was left out. Write name=from..to in whole milliseconds, the earlier one first: d=10..40.`,
    ),
    ...unknown.map(
      (name) =>
        `The address of this page says how long '${name}' takes, and nothing here is called so: it changes nothing. The sliders show what there is.`,
    ),
  ]
}

function verdictOf(told: Told | null): string {
  if (told === null) return 'searching…'
  switch (told.kind) {
    case 'progress':
      return `searching: ${told.states.toLocaleString('en')} states`
    case 'failed':
      return told.message
    case 'done': {
      const size = `${told.states.toLocaleString('en')} states, ${told.seconds.toFixed(1)} s`
      const [verdict] = told.verdicts
      return `${verdict?.verdict ?? 'not asked here'}, ${size}`
    }
  }
}
