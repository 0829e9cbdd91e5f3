import { Stopped } from '../budget.ts'
import type { Incomplete } from '../limits.ts'
import type { Claims } from './claims.ts'
import { has, makeFolder, sleep } from './disk/files.ts'
import type { Bench, Expansion } from './expansion.ts'
import type { Expanded, Thrown } from './folder.ts'
import { countIn } from './key-file.ts'
import { KeyLayout } from './key-layout.ts'
import { mergeInto } from './merge.ts'

/** What a search on disk has found. */
export interface LayersFound {
  readonly states: number
  readonly transitions: number
  /** Of the deepest layer that has a state. */
  readonly depth: number
  readonly incomplete: Incomplete | null
  readonly failure: (Thrown & { readonly depth: number }) | null
  /** By position of the property: the first layer with a state, or a step from one, that decides it, and what it said there. */
  readonly decided: ReadonlyMap<number, { readonly depth: number; readonly reason: string }>
  readonly witnessed: ReadonlySet<number>
}

/** One piece of work that can be done twice without harm, and that is done when its file is there. */
interface Step {
  readonly name: string
  readonly file: string
  readonly run: () => void
}

/**
 * Breadth-first search in layers on disk: to expand the parts of a layer, and to merge what came of that into the parts of the next one, less what was there before. Each of these is a step that leaves
 * a file when it is done; a process that was killed left none, and whoever comes next does the step anew. Processes share the steps of a layer, and wait for each other between
 * the two kinds.
 */
export class LayeredSearch {
  readonly #bench: Bench
  readonly #expansion: Expansion
  readonly #claims: Claims
  readonly #wanted: number
  readonly #decided = new Map<number, { depth: number; reason: string }>()
  readonly #witnessed = new Set<number>()
  #states = 0
  #transitions = 0
  #depth = 0
  #frontier = 0
  #failure: LayersFound['failure'] = null

  /** @param wanted properties: once all are decided, the search is over */
  constructor(bench: Bench, expansion: Expansion, claims: Claims, wanted: number) {
    this.#bench = bench
    this.#expansion = expansion
    this.#claims = claims
    this.#wanted = wanted
    bench.budget.tellsOf(() => ({
      states: this.#states,
      transitions: this.#transitions + expansion.transitions,
      depth: this.#depth,
      frontier: Math.max(0, this.#frontier - expansion.states),
    }))
  }

  /** States found in layers that are complete. */
  get states(): number {
    return this.#states
  }

  /** Does what one process does for all, or waits for it. */
  once(name: string, file: string, run: () => void): void {
    this.#together([{ name, file, run }])
  }

  run(): LayersFound {
    let incomplete: Incomplete | null = null
    try {
      this.#search()
    } catch (error) {
      if (!(error instanceof Stopped)) throw error
      incomplete = error.because
    } finally {
      this.#claims.release()
    }
    return {
      states: this.#states,
      transitions: this.#transitions,
      depth: this.#depth,
      incomplete,
      failure: this.#failure,
      decided: this.#decided,
      witnessed: this.#witnessed,
    }
  }

  #search(): void {
    const { folder, budget } = this.#bench
    const most = budget.limits.states ?? Number.POSITIVE_INFINITY
    this.#together([this.#beginning()])
    for (let depth = 0; ; depth++) {
      const found = this.#sizeOf(depth)
      if (found === 0) return
      this.#depth = depth
      this.#states += found
      this.#frontier = found
      if (this.#states > most) throw new Stopped('states')
      this.#together(this.#parts((part) => this.#expanding(depth, part)))
      for (const expanded of this.#expandedOf(depth)) this.#note(depth, expanded)
      if (this.#failure !== null || this.#decided.size === this.#wanted) return
      this.#together(this.#parts((part) => this.#merging(depth, part)))
      folder.tidy(depth)
    }
  }

  #parts<One>(of: (part: number) => One): One[] {
    return Array.from({ length: this.#bench.partition.count }, (_, part) => of(part))
  }

  #sizeOf(depth: number): number {
    const { folder } = this.#bench
    return this.#parts((part) => countIn(folder.states(depth, part))).reduce((all, one) => all + one, 0)
  }

  #expandedOf(depth: number): Expanded[] {
    const { folder, dictionary } = this.#bench
    return this.#parts((part) => {
      const expanded = folder.expanded(depth, part)!
      dictionary.mustBe(expanded.known)
      return expanded
    })
  }

  #note(depth: number, { transitions, decided, witnessed, failure }: Expanded): void {
    this.#transitions += transitions
    this.#expansion.transitions = 0
    this.#expansion.states = 0
    for (const { property, reason } of decided)
      if (!this.#decided.has(property)) this.#decided.set(property, { depth, reason })
    for (const property of witnessed) this.#witnessed.add(property)
    if (failure !== null) this.#failure ??= { ...failure, depth }
  }

  /** All initial states are read before any is written: one that is wrong is then no state that was reached. */
  #beginning(): Step {
    const { folder, compiled } = this.#bench
    return {
      name: 'begin',
      file: folder.states(0, this.#bench.partition.count - 1),
      run: () => this.#expansion.begin(compiled.model.initial.map((values) => compiled.encode(values))),
    }
  }

  #expanding(depth: number, part: number): Step {
    const { folder } = this.#bench
    return {
      name: `expand-${depth}-${part}`,
      file: folder.expandedFile(depth, part),
      run: () => folder.setExpanded(depth, part, this.#expansion.expand(depth, part)),
    }
  }

  #merging(depth: number, part: number): Step {
    const { folder, compiled, dictionary, sizes, budget } = this.#bench
    return {
      name: `merge-${depth + 1}-${part}`,
      file: folder.states(depth + 1, part),
      run: () => {
        dictionary.catchUp()
        const runs = this.#expandedOf(depth).flatMap(({ runs: found }) => found[part]!)
        const known = Array.from({ length: depth + 1 }, (_, earlier) => folder.states(earlier, part))
        makeFolder(folder.layer(depth + 1))
        mergeInto(
          folder.states(depth + 1, part),
          [runs.map((name) => folder.run(depth, name)), known],
          KeyLayout.fitting(compiled.interners),
          sizes,
          budget,
        )
      },
    }
  }

  /** Does what is to be done, together with whoever else is at it, and comes back when all is. */
  #together(steps: readonly Step[]): void {
    const { folder, budget } = this.#bench
    let left = steps.filter(({ file }) => !has(file))
    while (left.length > 0) {
      const mine = left.find(({ name }) => this.#claims.take(folder.claim(name)))
      if (mine === undefined) sleep(WAIT_MS)
      else {
        try {
          if (!has(mine.file)) mine.run()
        } catch (error) {
          // Somebody else did it as well, was sooner, and has tidied up.
          if ((error as { code?: string }).code !== 'ENOENT' || !has(mine.file)) throw error
        } finally {
          this.#claims.release()
        }
      }
      budget.look()
      left = left.filter(({ file }) => !has(file))
    }
  }
}

const WAIT_MS = 10
