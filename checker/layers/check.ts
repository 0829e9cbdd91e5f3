import { Budget, Stopped } from '../budget.ts'
import type { CompiledModel } from '../compile.ts'
import { costOf } from '../cost.ts'
import { SpecError } from '../errors.ts'
import { fingerprint } from '../fingerprint.ts'
import { outcomesOf } from '../graph.ts'
import { growthOf } from '../growth.ts'
import { type Control, type Limits, wallClock } from '../limits.ts'
import type { Model } from '../model.ts'
import { Observer } from '../observer.ts'
import type { Property } from '../property.ts'
import { compile } from '../timed/compile.ts'
import type { Finding, Trace, Verdict } from '../verdict.ts'
import { Claims } from './claims.ts'
import { Dictionary } from './dictionary.ts'
import { readRecord, writeRecord } from './disk/files.ts'
import { BLOCK } from './disk/words.ts'
import { type Bench, Expansion } from './expansion.ts'
import { type About, Folder, NotThisFolder, type Resume } from './folder.ts'
import type { Sizes } from './merge.ts'
import { Partition } from './partition.ts'
import { LayeredSearch, type LayersFound } from './search.ts'
import { type End, WayBack } from './way-back.ts'

export interface OnDisk {
  readonly folder: string
  /** What is searched, in the user's words: a search goes on only with the same. */
  readonly about: About
  /** Into how many parts each layer is cut, so that as many processes can share it; null for as it was begun, or one. */
  readonly partitions: number | null
  /** Whether a search that is there already is gone on with. */
  readonly resume: Resume
  /** For tests. */
  readonly sizes?: Sizes
}

/**
 * Checks properties of states, of steps and of ends in one search whose states are kept in a folder, not in memory. Other processes may be at the same search in the same folder; a search that was
 * interrupted, or killed, goes on.
 *
 * @throws NotThisFolder where the folder is not for this search, or the search not for a folder
 * @throws Damaged where a file in it is not what was written
 */
export function checkOnDisk(
  model: Model,
  properties: readonly Property[],
  onDisk: OnDisk,
  options: { readonly limits?: Limits; readonly control?: Control } = {},
): Verdict[] {
  mustBeFit(model, properties)
  const control = options.control ?? wallClock
  const claims = new Claims(() => control.now())
  const beating: Control = {
    ...control,
    // The bound says when what is held goes to the disk, and not when the search ends.
    takesMoreThan: (_, counted, more) => control.takesMoreThan?.(Number.POSITIVE_INFINITY, counted, more) === true,
    now: () => control.now(),
    interrupted: () => {
      claims.beat()
      return control.interrupted?.() === true
    },
  }
  const budget = new Budget(options.limits, beating)
  const folder = new Folder(onDisk.folder)
  const about = { ...onDisk.about, properties: properties.map(({ id }) => id).join(', '), rules: fingerprint(model) }
  const partitions = folder.open(about, onDisk.partitions, onDisk.resume)
  const compiled = compile(model, budget.watch)
  const dictionary = new Dictionary(folder.values, compiled)
  try {
    const partition = new Partition(partitions, compiled.width)
    const sizes = onDisk.sizes ?? sizesFor(options.limits?.memory)
    const bench: Bench = { compiled, folder, dictionary, partition, sizes, budget }
    return new Layers(bench, properties, claims, control).verdicts()
  } finally {
    dictionary.close()
    folder.leave()
  }
}

/** Half of the memory for what is found; the rest is for tables of rules, and for the engine. */
function sizesFor(memory = 2 ** 32): Sizes {
  return { tables: memory / 2, block: BLOCK, files: 64, chunk: 2 ** 18 }
}

function mustBeFit(model: Model, properties: readonly Property[]): void {
  const live = properties.filter(({ kind }) => kind === 'liveness')
  if (live.length > 0)
    throw new NotThisFolder(
      `A search on disk keeps states, and no steps: what is so of whole runs cannot be asked of it (${live.map(({ id }) => id).join(', ')}). Ask for the others${properties.length === live.length ? '' : `: ${properties.flatMap(({ id, kind }) => (kind === 'liveness' ? [] : [`--property ${id}`])).join(' ')}`}; or search in memory.`,
    )
  if (model.time !== undefined)
    throw new NotThisFolder(
      'A search with a clock cannot be kept on disk: how far the clocks are is known to one process alone. Search in memory, or without a clock.',
    )
}

/** What is known when it is over: the same for all processes. */
interface Told {
  readonly findings: readonly Finding[]
}

class Layers {
  readonly #bench: Bench
  readonly #properties: readonly Property[]
  readonly #claims: Claims
  readonly #control: Control

  constructor(bench: Bench, properties: readonly Property[], claims: Claims, control: Control) {
    this.#bench = bench
    this.#properties = properties
    this.#claims = claims
    this.#control = control
  }

  verdicts(): Verdict[] {
    const { compiled, budget } = this.#bench
    const { found: tell } = this.#control
    const observer = new Observer(
      compiled,
      this.#properties,
      tell && (({ id }, reason) => tell({ property: id, reason, states: search.states })),
    )
    budget.gauge(() => compiled.tableBytes + observer.bytes)
    const asksSteps = this.#properties.some((property) => 'everyStep' in property)
    const expansion = new Expansion(this.#bench, observer, asksSteps)
    const search = new LayeredSearch(this.#bench, expansion, this.#claims, this.#properties.length)
    let found: LayersFound
    try {
      compiled.validate()
      found = search.run()
    } catch (error) {
      if (!(error instanceof SpecError)) throw error
      const { where, message, saw } = error
      found = { ...NOTHING, failure: { row: null, depth: 0, where, message, saw: saw as never } }
    }
    const findings = found.incomplete === null ? this.#toldOnce(search, found) : this.#findings(found)
    const { states, transitions, depth } = found
    const statistics = { states, transitions, depth, seconds: budget.seconds, memory: budget.peak }
    return this.#properties.map(({ id }, i) => ({ property: id, statistics, ...findings[i]! }))
  }

  /** By whichever process comes first; the others read it. */
  #toldOnce(search: LayeredSearch, found: LayersFound): readonly Finding[] {
    const { folder } = this.#bench
    try {
      search.once('tell', folder.told, () => {
        writeRecord(folder.told, { findings: this.#findings(found) } satisfies Told)
      })
    } catch (error) {
      if (!(error instanceof Stopped)) throw error
      return this.#findings(found, true)
    }
    return readRecord<Told>(folder.told)!.findings
  }

  /** Runs are looked for as far as there is time; after an interruption only what is at hand is told. */
  #findings(found: LayersFound, isLate = found.incomplete !== null): Finding[] {
    const { budget } = this.#bench
    const back = new WayBack(this.#bench)
    const told = <Found>(tell: () => Found) => (isLate ? budget.telling(tell) : tell())
    const runs = told(() => this.#runs(back, found))
    const against = (property: Property): string => {
      const what = property.kind === 'reachable' ? told(() => back.reasonAgainst(found.depth, property)) : null
      return `no reachable state satisfies it${what === null ? '' : `: ${what}`}`
    }
    return this.#properties.map((property, i) => this.#finding(property, i, found, against, runs))
  }

  #finding(
    property: Property,
    i: number,
    found: LayersFound,
    against: (property: Property) => string,
    runs: Runs | null,
  ): Finding {
    const { incomplete, failure, witnessed } = found
    if (failure !== null) {
      const { where, message, saw } = failure
      return { kind: 'failed', error: { where, message, saw, ...told(runs?.failure) } }
    }
    const seen = found.decided.get(i)
    const run = runs?.of.get(i)
    if (seen !== undefined)
      return property.kind === 'reachable'
        ? { kind: 'holds', ...told(run?.trace) }
        : { kind: 'violated', reason: run?.reason ?? seen.reason, ...told(run?.trace) }
    if (incomplete !== null) return this.#incomplete(incomplete)
    if (property.kind === 'reachable') return { kind: 'violated', reason: against(property) }
    if (property.witness !== undefined && !witnessed.has(i))
      return { kind: 'vacuous', reason: `it never happens that ${property.witness.name}` }
    return { kind: 'holds' }
  }

  #incomplete(because: NonNullable<LayersFound['incomplete']>): Finding {
    const { compiled, budget } = this.#bench
    return { kind: 'incomplete', because, growth: budget.telling(() => growthOf({ compiled }, budget)) ?? [] }
  }

  /** A shortest run for each property that was decided, or to where something threw. */
  #runs(back: WayBack, { decided, failure }: LayersFound): Runs {
    if (failure !== null) {
      if (failure.row === null) return { of: new Map(), failure: null }
      const [way] = back.ways([{ depth: failure.depth, row: Int32Array.from(failure.row) }])
      return { of: new Map(), failure: this.#trace(way!) }
    }
    const ends: [property: number, end: End][] = []
    for (const depth of new Set([...decided.values()].map((seen) => seen.depth))) {
      const here = [...decided].flatMap(([i, seen]) => (seen.depth === depth ? [i] : []))
      const found = back.ends(
        depth,
        here.map((i) => this.#properties[i]!),
      )
      for (const i of here) {
        const end = found.get(this.#properties[i]!)
        if (end === undefined)
          throw new Error(`What decided '${this.#properties[i]!.id}' is not there: a rule is not pure, or a bug.`)
        ends.push([i, end])
      }
    }
    const ways = back.ways(ends.map(([, end]) => end))
    const of = new Map(
      ends.map(([i, end], k) => {
        const way = end.next === null ? ways[k]! : [...ways[k]!, end.next]
        return [i, { reason: end.reason, trace: this.#trace(way) }]
      }),
    )
    return { of, failure: null }
  }

  #trace(way: readonly Int32Array[]): Trace {
    const { compiled } = this.#bench
    return {
      cells: compiled.model.cells,
      states: way.map((row) => compiled.decode(row)),
      steps: way.slice(1).map((to, i) => cheapestStep(compiled, way[i]!, to)),
      loopStart: null,
    }
  }
}

interface Runs {
  readonly of: ReadonlyMap<number, { readonly reason: string; readonly trace: Trace }>
  readonly failure: Trace | null
}

/** Of several steps to a state the cheapest is told. */
function cheapestStep(compiled: CompiledModel, from: Int32Array, to: Int32Array) {
  const [step] = outcomesOf(compiled, from)
    .filter(({ next }) => next.every((integer, cell) => integer === to[cell]))
    .sort((one, other) => costOf(one.label) - costOf(other.label))
  if (step === undefined) throw new Error('What was found to follow a state does not: a rule is not pure, or a bug.')
  return step.label
}

const told = (trace: Trace | null | undefined): { trace?: Trace } => (trace == null ? {} : { trace })

const NOTHING: LayersFound = {
  states: 0,
  transitions: 0,
  depth: 0,
  incomplete: null,
  failure: null,
  decided: new Map(),
  witnessed: new Set(),
}
