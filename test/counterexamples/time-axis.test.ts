import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chartOf } from '../../counterexamples/chart.ts'
import { dot, itf, ladderSvg, mermaid, plantuml, type Story } from '../../counterexamples/index.ts'
import { layoutOf } from '../../counterexamples/ladder-layout.ts'
import { axisOf, type TimeAxis } from '../../counterexamples/time-axis.ts'
import { boxesOf, browserAt, faults, measured, pairs, whereDrawn } from './boxes.ts'
import { madeUp } from './stories.ts'
import { timedStories } from './timed-stories.ts'

/** What is wrong with an axis: it goes down, leaves the room that is needed, and is to scale but where it says that it is not. */
function wrong({ scale, stretches }: TimeAxis, instants: readonly number[], least: readonly number[]): string[] {
  return stretches.flatMap(({ milliseconds, height, drawn }, i) => {
    const toScale = milliseconds * scale
    const is =
      Math.abs(height - toScale) < 1e-6 && milliseconds > 0
        ? 'to scale'
        : milliseconds === 0
          ? 'standing still'
          : height < toScale
            ? 'folded'
            : 'widened'
    return [
      ...(milliseconds === instants[i + 1]! - instants[i]! ? [] : [`stretch ${i} lasts another time`]),
      ...(height > 0 && height >= least[i]! - 1e-6 ? [] : [`stretch ${i} has no room`]),
      ...(is === drawn ? [] : [`stretch ${i} is ${is}, and said to be ${drawn}`]),
    ]
  })
}

const gaps = fc.array(
  fc.tuple(fc.oneof(fc.constant(0), fc.nat(50), fc.nat(420_000)), fc.integer({ min: 20, max: 90 })),
  {
    minLength: 1,
    maxLength: 40,
  },
)
const pointsOf = (some: readonly (readonly [number, number])[]) => {
  const instants = [0]
  for (const [gap] of some) instants.push(instants.at(-1)! + gap)
  return { instants, least: some.map(([, room]) => room) }
}

describe('an axis of time', () => {
  test('goes down, leaves room, and is to scale but where it is marked', () => {
    fc.assert(
      fc.property(gaps, (some) => {
        const { instants, least } = pointsOf(some)
        expect(wrong(axisOf(instants, least), instants, least)).toEqual([])
      }),
    )
  })

  test('most of it is to scale where that can be, and what is long is folded', () => {
    const axis = axisOf([0, 20, 45, 70, 70, 32_020], [26, 26, 26, 26, 26])
    expect(axis.stretches.map(({ drawn }) => drawn)).toEqual([
      'to scale',
      'to scale',
      'to scale',
      'standing still',
      'folded',
    ])
    expect(axis.stretches[4]!.height).toBeLessThan(150)
  })

  test('the test finds an axis that is not to scale, that goes up, and a fold that is not told', () => {
    const instants = [0, 20, 60, 32_000]
    const least = [26, 26, 26]
    const { scale, stretches } = axisOf(instants, least)
    const broken = (height: number, at: number): TimeAxis => ({
      scale,
      stretches: stretches.map((stretch, i) => (i === at ? { ...stretch, height } : stretch)),
    })
    expect(wrong(broken(40, 0), instants, least).join()).toContain('stretch 0 is widened, and said to be to scale')
    expect(wrong(broken(-30, 1), instants, least).join()).toContain('no room')
    const untold = { scale, stretches: stretches.map((stretch) => ({ ...stretch, drawn: 'to scale' as const })) }
    expect(wrong(untold, instants, least)).toEqual(['stretch 2 is folded, and said to be to scale'])
  })
})

describe.each(timedStories)('%s, with a clock', (_, story) => {
  test('no label covers another, leaves the picture or is struck through', () => {
    expect(faults(ladderSvg(story))).toEqual([])
  })

  test('each step is at the height of its instant, and arrows fall from sending to arrival', () => {
    const { axis, rows } = layoutOf(story)
    const { instants } = story.time!
    let at = axis!.stretches[0]!.top
    rows.forEach(({ turn, what, arrow }, i) => {
      at += axis!.stretches[i]!.bottom - axis!.stretches[i]!.top
      expect(turn).toBeCloseTo(at)
      if (what.kind !== 'message' || arrow === null) return
      expect(arrow.y2).toBeCloseTo(turn)
      if (what.sentAt !== null) expect(arrow.y1).toBeCloseTo(rows[what.sentAt]!.turn)
      expect(arrow.y1).toBeLessThan(arrow.y2)
    })
    const told = boxesOf(ladderSvg(story)).map(({ words }) => words)
    const last = instants.at(-1)!
    expect(told).toContain(last < 1000 ? `${last} ms` : `${last / 1000} s`)
  })

  test('ITF, charts and graphs tell the instants', () => {
    const { instants, period } = story.time!
    const trace = JSON.parse(itf(story))
    const meta = trace.states.map((state: { '#meta': object }) => state['#meta'])
    expect(meta.map(({ milliseconds }: { milliseconds: number }) => milliseconds)).toEqual(
      [0, ...instants].slice(0, story.moments.length),
    )
    expect(trace['#meta'].periodInMilliseconds ?? null).toBe(period)
    const words = chartOf(story).events.flatMap((event) => ('words' in event ? [event.words] : []))
    expect(words.map((one) => one.split(' s · ')[0])).toEqual(instants.map((one) => (one / 1000).toFixed(3)))
    for (const format of [dot, mermaid, plantuml]) expect(format(story)).toContain((instants.at(-1)! / 1000).toFixed(3))
  })

  test('without its instants it has no axis, and says nothing of time', () => {
    const { time: _, ...untimed } = story
    expect(layoutOf(untimed).axis).toBeNull()
    expect(ladderSvg(untimed)).not.toContain('axis')
    expect(itf(untimed)).not.toContain('illiseconds')
  })
})

test('a step that is pointed at, long names, and a run all at one instant', () => {
  const at = (story: Story, instants: readonly number[]): Story => ({
    ...story,
    time: { instants, period: null, timing: null },
  })
  for (const instants of [
    [0, 0, 0, 0, 0],
    [1, 2, 3, 5, 420_000],
  ]) {
    const long = madeUp((words) => `${words} ${'W'.repeat(20)} and so on`)
    expect(faults(ladderSvg(at(long, instants)))).toEqual([])
    expect(faults(ladderSvg(at(madeUp(), instants), { mark: { step: 3, words: 'differs from here' } }))).toEqual([])
  }
})

describe.skipIf(browserAt === undefined)(whereDrawn, () => {
  test('no label of a ladder with a clock covers another', async () => {
    const drawn = await measured(timedStories.map(([, story]) => ladderSvg(story)))
    for (const boxes of drawn) expect(pairs(boxes)).toEqual([])
  })
})
