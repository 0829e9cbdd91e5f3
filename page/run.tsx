import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { TargetVariant } from '../analysis/target.ts'
import type { Value } from '../checker/model.ts'
import { ladderSvg } from '../counterexamples/ladder-svg.ts'
import { sentence } from '../counterexamples/sentence.ts'
import { type Catalogue, variantIn } from './catalogue.ts'
import { ClockSwitch } from './clock-switch.tsx'
import { Ladder } from './ladder.tsx'
import type { Go } from './permalink.ts'
import { type Place, read } from './permalink.ts'
import { Picture } from './picture.tsx'
import { type Choice, Playground } from './playground.ts'
import { SaveAs } from './save-as.tsx'
import { Search } from './search.ts'
import { StepList } from './steps.tsx'
import { Tree } from './tree.tsx'

type Here = Place & { protocol: string; variant: string; scenario: string; property: string }

/** A run: its ladder, its steps, the state of every node at the step in hand, and what else could be done there. */
export function RunView({
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
  const playground = useMemo(() => new Playground(target, place.scenario), [catalogue, place.variant, place.scenario])
  const run = useMemo(() => playground.follow(place.choices), [playground, place.choices])
  // A lasso that was cut short is none any more.
  const loop =
    place.loop !== null && place.loop <= run.steps.length && run.positions.length === place.choices.length
      ? place.loop
      : null
  const story = useMemo(() => playground.story(run, place.property, loop), [playground, run, place.property, loop])
  const last = run.steps.length
  const at = Math.min(place.at, last)
  const [busy, setBusy] = useState<string | null>(null)
  const [searching, setSearching] = useState(false)
  const [playing, setPlaying] = useState(false)
  const [find, setFind] = useState('')
  const search = useRef<Search | null>(null)
  const step = (to: number): void => go({ at: Math.max(0, Math.min(last, to)) }, 'replace')

  const stop = (): void => {
    search.current?.stop()
    setSearching(false)
    setBusy('stopped')
  }
  const searchRun = (): void => {
    search.current?.stop()
    setSearching(true)
    setBusy('searching…')
    search.current = new Search(
      {
        own: catalogue.own,
        protocol: place.protocol,
        variant: place.variant,
        scenario: place.scenario,
        property: place.property,
        given: null,
        states: 400_000,
      },
      (told) => {
        setSearching(told.kind === 'progress')
        if (told.kind === 'progress') setBusy(`searching: ${told.states.toLocaleString('en')} states`)
        else if (told.kind === 'failed') setBusy(told.message)
        else {
          const [verdict] = told.verdicts
          const size = `${told.states.toLocaleString('en')} states, ${told.seconds.toFixed(1)} s`
          setBusy(
            `${verdict?.verdict ?? 'nothing'}, ${size}${verdict?.verdict === 'failed' ? `: ${verdict.reason}` : ''}`,
          )
          if (told.run !== null) go({ choices: told.run.choices, loop: told.run.loopStart, at: 0 }, 'replace')
        }
      },
    )
  }
  // Without choices in the address there is nothing to show yet: the least run is looked for.
  useEffect(() => {
    if (place.choices.length === 0) searchRun()
    return () => search.current?.stop()
  }, [])
  // As soon as a run is drawn, keys are of that run.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return
      const moves: Record<string, number> = { j: 1, ArrowDown: 1, ArrowRight: 1, k: -1, ArrowUp: -1, ArrowLeft: -1 }
      if (event.key in moves) {
        event.preventDefault()
        // From where the address says that we are: what is drawn may be a key behind.
        step(Math.min(read(location.hash).at, last) + moves[event.key]!)
      } else if (event.key === 'Home') step(0)
      else if (event.key === 'End') step(last)
      else if (event.key === 'u') undo()
      else if (event.key === 'w') firstWrong()
      else if (event.key === 'p') setPlaying((now) => !now)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  })
  useEffect(() => {
    if (!playing) return
    const timer = setTimeout(() => {
      if (at >= last) setPlaying(false)
      else step(at + 1)
    }, 700)
    return () => clearTimeout(timer)
  })

  const firstWrong = (): void => {
    const first = story.moments.findIndex((moment, i) => i > 0 && moment.wrong.length > 0)
    if (first >= 0) step(first)
  }
  const undo = (): void =>
    go({ choices: place.choices.slice(0, -1), loop: null, at: Math.max(0, place.choices.length - 1) })
  const take = (position: number): void => {
    // What is searched for would take the place of what was chosen.
    if (searching) stop()
    go({ choices: [...run.positions.slice(0, at), position], loop: null, at: at + 1 })
  }
  const state = run.states[at]!
  const choices = choicesAt(playground, state)
  const findNext = (): void => {
    const wanted = find.toLowerCase()
    if (wanted === '') return
    for (let k = 1; k <= last + 1; k++) {
      const moment = (at + k) % (last + 1)
      const words = `${moment > 0 ? run.steps[moment - 1]!.text : ''} ${JSON.stringify(run.states[moment])}`
      if (words.toLowerCase().includes(wanted)) {
        step(moment)
        return
      }
    }
  }
  const others = target.protocol.variants.filter(
    (v) => v.name !== place.variant && v.scenarios.some((s) => s.name === place.scenario),
  )
  const whatIf = <WhatIf at={at} choices={choices} taken={run.positions[at]} take={take} />
  return (
    <>
      <h1>
        {place.protocol}/{place.variant} · {place.scenario} · {place.property}
      </h1>
      <p>{last === 0 ? playground.scenario.title : sentence(story)}</p>
      <div class="bar" role="toolbar" aria-label="the run">
        <button type="button" onClick={() => step(at - 1)} aria-label="one step back (k)">
          ◀
        </button>
        <span role="status">
          {at} of {last}
        </span>
        <button type="button" onClick={() => step(at + 1)} aria-label="one step on (j)">
          ▶
        </button>
        <button type="button" onClick={() => setPlaying(!playing)}>
          {playing ? 'pause' : 'play'}
        </button>
        <button type="button" onClick={firstWrong}>
          first wrong belief
        </button>
        <button type="button" onClick={undo} disabled={place.choices.length === 0}>
          undo
        </button>
        <button type="button" onClick={searchRun}>
          least run
        </button>
        <input
          type="search"
          aria-label="find a message or a state"
          placeholder="find a message or a state"
          value={find}
          onInput={(event) => setFind(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') findNext()
          }}
        />
        <SaveAs story={{ ...story, file: target.file }} />
        <select
          aria-label="compare with"
          value={place.beside ?? ''}
          onChange={(event) => go({ beside: event.currentTarget.value === '' ? null : event.currentTarget.value })}
        >
          <option value="">compare with…</option>
          {others.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <ClockSwitch given={null} go={go} />
        {busy !== null && (
          <span class="pale" role="status">
            {busy}
          </span>
        )}
        {searching && (
          <button type="button" onClick={stop}>
            stop
          </button>
        )}
      </div>
      <div class={place.beside === null ? 'panes' : 'panes beside'}>
        {last === 0 ? (
          <p class="pale">Nothing has happened yet: take a step under 'What if', and see what comes of it.</p>
        ) : (
          <Picture story={story} at={at} onStep={(i) => step(i + 1)} />
        )}
        {place.beside === null ? (
          <div>
            <StepList
              story={story}
              at={at}
              onStep={step}
              status={(moment) => playground.status(place.property, run, moment)}
            />
            {whatIf}
          </div>
        ) : (
          <Beside place={place} catalogue={catalogue} texts={run.steps.map(({ text }) => text)} />
        )}
      </div>
      {place.beside !== null && whatIf}
      <States
        names={playground.internet.model.cells}
        state={state}
        before={at === 0 ? undefined : run.states[at - 1]}
      />
    </>
  )
}

function WhatIf({
  at,
  choices,
  taken,
  take,
}: {
  at: number
  choices: readonly Choice[] | string
  /** Which of them the run goes on with. */
  taken: number | undefined
  take: (position: number) => void
}) {
  return (
    <section aria-label="what if">
      <h2>What if</h2>
      <p class="pale">
        What can happen {at === 0 ? 'at the beginning' : `after step ${at}`}; what is taken replaces the rest of the
        run, and can be undone (u).
      </p>
      <ul class="choices">
        {typeof choices === 'string' ? (
          <li class="error">the protocol throws here: {choices}</li>
        ) : (
          choices.map(({ label }, position) => (
            <li key={position}>
              <button type="button" onClick={() => take(position)} class={taken === position ? 'taken' : ''}>
                {label.text}
              </button>
            </li>
          ))
        )}
        {choices.length === 0 && <li>nothing more can happen</li>}
      </ul>
    </section>
  )
}

/** What can be done in a state, or what the protocol throws when it is asked. */
function choicesAt(playground: Playground, state: readonly Value[]): readonly Choice[] | string {
  try {
    return playground.choices(state)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** The same steps in another variant, as far as it has them. */
function Beside({ place, catalogue, texts }: { place: Here; catalogue: Catalogue; texts: readonly string[] }) {
  const svg = useMemo(() => {
    const target = variantIn(catalogue, place.protocol, place.beside!)
    if (target === null) return ''
    const other = new Playground(target, place.scenario)
    const run = other.follow(other.positionsOf(texts))
    return ladderSvg(other.story(run, place.property, null))
  }, [place.protocol, place.beside, place.scenario, place.property, texts])
  return <Ladder svg={svg} at={-1} onStep={() => {}} />
}

function States({
  names,
  state,
  before,
}: {
  names: readonly string[]
  state: readonly Value[]
  before: readonly Value[] | undefined
}) {
  const [filter, setFilter] = useState('')
  const [changedOnly, setChangedOnly] = useState(false)
  const shown = names
    .map((name, i) => ({ name, value: state[i]!, before: before?.[i] }))
    .filter(({ name }) => name.includes(filter))
    .filter(
      ({ value, before: was }) => !changedOnly || was === undefined || JSON.stringify(value) !== JSON.stringify(was),
    )
  return (
    <section aria-label="states">
      <h2>State</h2>
      <div class="bar">
        <input
          type="search"
          aria-label="filter by node"
          placeholder="filter by node"
          value={filter}
          onInput={(event) => setFilter(event.currentTarget.value)}
        />
        <label>
          <input
            type="checkbox"
            checked={changedOnly}
            onChange={(event) => setChangedOnly(event.currentTarget.checked)}
          />{' '}
          hide unchanged
        </label>
      </div>
      <div class="cells">
        {shown.map(({ name, value, before: was }) => (
          <Tree key={name} name={name} value={value} before={was} />
        ))}
      </div>
      {shown.length === 0 && <p class="pale">nothing has changed</p>}
    </section>
  )
}
