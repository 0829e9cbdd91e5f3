import type { Story } from '../../counterexamples/index.ts'
import type { BoxFound, Shows } from './box-search.ts'
import type { Grid, GridBox } from './grid.ts'
import { type Box, constant, type Linear, leastIn, mostIn, multiple, sum, valueAt } from './linear.ts'

/** A run, with what it takes. */
export interface Region {
  readonly forms: readonly Linear[]
  readonly story: Story
}

/**
 * Which boxes of a grid have to be searched, one after the other, until every point is decided.
 *
 * Where there is no run in a box, there is none at any of its points. Where there is one, it is so wherever its forms say; what is left of the box
 * is cut in two. So it is with a box whose search has become much larger than any that came to something: a parameter that is anything at each use anew
 * may have far more states than all of its values, and need not have an end.
 */
export class Bisection {
  readonly regions: Region[] = []
  searches = 0
  readonly #grid: Grid
  readonly #shows: Shows
  readonly #verdicts: (boolean | null)[]
  readonly #open: GridBox[]
  /** States of the largest search that came to something. */
  #largest = 0
  /** Some point was too big to search. */
  #tooBig = false

  constructor(grid: Grid, shows: Shows) {
    this.#grid = grid
    this.#shows = shows
    this.#verdicts = new Array<boolean | null>(grid.points).fill(null)
    this.#open = [grid.all]
  }

  /** The box to be searched now; null where all is decided that can be. */
  next(): GridBox | null {
    while (this.#open.length > 0 && this.#isKnown(this.#open.at(-1)!)) this.#open.pop()
    return this.#open.at(-1) ?? null
  }

  /** That box, and those that may come after it, the likeliest first: so many as there are, up to a number. */
  ahead(count: number): GridBox[] {
    const boxes = [...this.#open].reverse().filter((box) => !this.#isKnown(box))
    for (let i = 0; i < boxes.length && boxes.length < count; i++) boxes.push(...(this.#grid.halves(boxes[i]!) ?? []))
    return boxes.slice(0, count)
  }

  /** States that the search of a box may have now, before it is cut in two: more and more; a point as many as it likes. */
  mostStates(box: GridBox): number {
    return isPoint(box) ? Number.POSITIVE_INFINITY : Math.max(FEWEST_STATES, TIMES_LARGER * this.#largest)
  }

  /** What came of the search of `next()`, with at most `mostStates` of it. */
  learn({ states, found }: BoxFound): void {
    const box = this.#open.pop()!
    const values = this.#grid.valuesOf(box)
    const halves = this.#grid.halves(box)
    this.searches++
    if (found.kind !== 'not known') this.#largest = Math.max(this.#largest, states)
    if (found.kind === 'no run') {
      this.#grid.each(box, (i) => (this.#verdicts[i] = this.#shows === 'fails'))
      return
    }
    const { forms, story } = found.kind === 'run' ? found : { forms: null, story: null }
    if (forms !== null && story !== null && forms.every((form) => leastIn(form, values) <= 0)) {
      this.regions.push({ forms, story })
      if (this.#isKnown(box)) return
    }
    if (halves !== null) this.#open.push(...halves)
    else if (found.kind === 'run') {
      this.#grid.each(box, (i) => (this.#verdicts[i] = this.#shows === 'holds'))
      if (story !== null) this.regions.push({ forms: only(values), story })
    } else this.#tooBig = true
  }

  /** How many points of the grid are decided, or given up. */
  get behind(): number {
    const left = this.#open.map((box) => box.reduce((product, [first, last]) => product * (last - first + 1), 1))
    return this.#grid.points - left.reduce((total, points) => total + points, 0)
  }

  /** Whether it holds at a point, null where that is not known, in the order of the grid. */
  verdicts(): (boolean | null)[] {
    const verdicts = [...this.#verdicts]
    for (const { forms } of this.regions)
      this.#grid.each(this.#grid.all, (i, point) => {
        if (forms.every((form) => valueAt(form, point) <= 0)) verdicts[i] = this.#shows === 'holds'
      })
    return verdicts
  }

  /** Nothing is left that was not searched to its end. */
  get complete(): boolean {
    return this.next() === null && !this.#tooBig
  }

  /** One of the runs can happen at each of its points. */
  #isKnown(box: GridBox): boolean {
    const values = this.#grid.valuesOf(box)
    return this.regions.some(({ forms }) => forms.every((form) => mostIn(form, values) <= 0))
  }
}

const FEWEST_STATES = 2000
const TIMES_LARGER = 8

const isPoint = (box: GridBox): boolean => box.every(([first, last]) => first === last)

/** The forms that are at most 0 at one point. */
const only = (point: Box): Linear[] =>
  point.flatMap(([value], i) =>
    [1, -1].map((sign) => sum(constant(-sign * value, point.length), multiple(sign, i, point.length))),
  )
