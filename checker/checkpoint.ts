import { type CheckOptions, check } from './check.ts'
import { fingerprint } from './fingerprint.ts'
import type { Edges, StateGraph } from './graph.ts'
import type { Keeper, KeptSearch, KeptStates, SeenStep } from './keeper.ts'
import { Damaged, dataIn, has, recordOf, removeLeft } from './layers/disk/files.ts'
import { BLOCK, WordReader, WordWriter } from './layers/disk/words.ts'
import { type About, differenceOf, NotThisFolder } from './layers/folder.ts'
import { KeyLayout } from './layers/key-layout.ts'
import { wallClock } from './limits.ts'
import type { Fairness, Model, Value } from './model.ts'
import type { Property } from './property.ts'
import type { Verdict } from './verdict.ts'

/** What a checkpoint says in words, before its numbers. */
interface Head {
  readonly format: number
  readonly about: About
  readonly bits: readonly number[]
  readonly values: readonly (readonly Value[])[]
  readonly fairness: readonly Fairness[]
  readonly count: number
  readonly expanded: number
  readonly transitions: number
  readonly depth: number
  readonly layerEnd: number
  readonly terminals: number
  /** Whether edges are kept. */
  readonly edges: boolean
  readonly steps: readonly SeenStep[]
}

const MAGIC = 0x444a4331
const FORMAT = 2

/**
 * A search in memory in a file: its states, edges and parents, and the values in the order of their integers. Written whole under another name, and then put in the place of the
 * one before it.
 */
class Checkpoint implements Keeper {
  readonly from: KeptSearch | null
  readonly #path: string
  readonly #about: About
  readonly #every: number
  readonly #now: () => number
  #last: number

  /**
   * @param every seconds between two
   * @throws NotThisFolder where the file is of another search, or not there
   * @throws Damaged where it is not what was written
   */
  constructor(path: string, about: About, resume: boolean, every: number, now: () => number) {
    this.#path = path
    this.#about = about
    this.#every = every
    this.#now = now
    this.#last = now()
    if (!resume && has(path)) throw isThereAlready(path)
    if (resume && !has(path)) throw nothingToResume(path)
    this.from = resume ? readCheckpoint(path, about, now) : null
  }

  isDue(): boolean {
    return this.#now() - this.#last >= this.#every
  }

  keep(soFar: StateGraph, layerEnd: number, steps: readonly SeenStep[] = []): void {
    const { compiled, store, expanded, transitions, depth, edges } = soFar
    const layout = KeyLayout.fitting(compiled.interners)
    const terminals = soFar.terminals.filter((state) => state < expanded)
    const head: Head = {
      format: FORMAT,
      about: this.#about,
      bits: layout.bits,
      values: compiled.interners.map(({ values }) => values),
      fairness: compiled.fairness,
      count: store.count,
      terminals: terminals.length,
      edges: edges !== null,
      ...{ expanded, transitions, depth, layerEnd, steps },
    }
    const file = new WordWriter(this.#path, BLOCK, () => void this.#now())
    try {
      file.add(MAGIC)
      addText(file, recordOf(head))
      const row = new Int32Array(store.width)
      const key = new Int32Array(layout.size)
      file.addAll(Int32Array.from(terminals), 0, terminals.length)
      for (let state = 0; state < store.count; state++) {
        store.unpack(state, row)
        layout.pack(row, key, 0)
        file.addAll(key, 0, key.length)
        file.add(store.parentOf(state))
      }
      if (edges !== null) for (let state = 0; state < expanded; state++) addEdges(file, edges, state)
      file.end()
    } catch (error) {
      file.abandon()
      throw error
    }
    this.#last = this.#now()
  }
}

export interface InFile {
  readonly file: string
  readonly about: About
  /** Seconds between two. */
  readonly every: number
  /** Whether what is in the file is gone on from. */
  readonly resume: boolean
}

/**
 * Checks properties of a model in memory, and keeps the search in a file at intervals, when it is interrupted, and when it is over.
 *
 * @throws NotThisFolder where the file is not for this search, or the search not for a file
 * @throws Damaged where the file is not what was written
 */
export function checkWithCheckpoints(
  model: Model,
  properties: readonly Property[],
  { file, about, every, resume }: InFile,
  options: CheckOptions = {},
): Verdict[] {
  if (model.time !== undefined)
    throw new NotThisFolder(
      'A search with a clock has no checkpoints: how far the clocks are is known to one process alone. Search without a clock, or without --checkpoint.',
    )
  const all = { ...about, properties: properties.map(({ id }) => id).join(', '), rules: fingerprint(model) }
  const now = () => (options.control ?? wallClock).now()
  removeLeft(file)
  return check(model, properties, { ...options, keeper: new Checkpoint(file, all, resume, every, now) })
}

function addEdges(file: WordWriter, edges: Edges, state: number): void {
  const [first, end] = [edges.first(state), edges.first(state + 1)]
  file.add(end - first)
  for (let e = first; e < end; e++) {
    file.add(edges.target(e))
    file.add(edges.fair(e))
  }
}

/** What is small is read at once, the rest when it is asked for. */
function readCheckpoint(path: string, about: About, beat: () => void): KeptSearch {
  mustBeWhole(path, beat)
  return reading(path, (file) => {
    const head = headOf(file)
    if (head.format !== FORMAT)
      throw anotherSearch(path, `its format is ${head.format}, and this program writes ${FORMAT}`)
    const difference = differenceOf(head.about, about)
    if (difference !== null) throw anotherSearch(path, difference)
    const terminals = [...file.read(head.terminals).subarray(0, head.terminals)]
    const begun = file.length - file.left
    return {
      ...head,
      terminals,
      read: (tell) =>
        reading(path, (again) => {
          pass(again, begun)
          readStates(again, head, tell)
        }),
    }
  })
}

function reading<Found>(path: string, read: (file: WordReader) => Found): Found {
  const file = new WordReader(path)
  try {
    return read(file)
  } finally {
    file.close()
  }
}

/** Before any of it is believed. */
const mustBeWhole = (path: string, beat: () => void): void => reading(path, (file) => pass(file, file.length, beat))

/** Leaves out so many words. */
function pass(file: WordReader, words: number, beat = () => {}): void {
  const block = new Int32Array(BLOCK)
  for (let left = words; left > 0; left -= BLOCK) {
    beat()
    file.fill(block, Math.min(BLOCK, left))
  }
}

function readStates(file: WordReader, head: Head, { row, state, edge, endOfState }: KeptStates): void {
  const layout = new KeyLayout(head.bits)
  const word = wordsOf(file)
  // One more, that is nought: what reads fields may look beyond the last.
  const key = new Int32Array(layout.size + 1)
  for (let i = 0; i < head.count; i++) {
    for (let w = 0; w < layout.size; w++) key[w] = word()
    layout.unpack(key, 0, row)
    state(word())
  }
  if (head.edges)
    for (let i = 0; i < head.expanded; i++) {
      for (let left = word(); left > 0; left--) {
        const target = word()
        edge(target, word())
      }
      endOfState()
    }
  if (!word.isAtEnd()) throw new Damaged(file.path, 'it is longer than it says')
}

/** The words that are left, one after another, a block of them in memory. */
function wordsOf(file: WordReader) {
  const block = new Int32Array(BLOCK)
  let [at, end] = [0, 0]
  const word = (): number => {
    if (at === end) {
      at = 0
      end = Math.min(BLOCK, file.left)
      if (end === 0) throw new Damaged(file.path, 'it ends too early')
      file.fill(block, end)
    }
    return block[at++] as number
  }
  return Object.assign(word, { isAtEnd: () => at === end && file.left === 0 })
}

function headOf(file: WordReader): Head {
  if (file.read(1)[0] !== MAGIC) throw new Damaged(file.path, 'it does not begin as it should')
  const bytes = file.read(1)[0]!
  const words = file.read((bytes + 3) >>> 2)
  const head = dataIn<Head>(Buffer.from(words.buffer, 0, bytes).toString())
  if (head === undefined) throw new Damaged(file.path, 'its checksum is another one')
  return head
}

function addText(file: WordWriter, text: string): void {
  const bytes = Buffer.from(text)
  const words = new Int32Array((bytes.length + 3) >>> 2)
  new Uint8Array(words.buffer).set(bytes)
  file.add(bytes.length)
  file.addAll(words, 0, words.length)
}

const isThereAlready = (path: string) =>
  new NotThisFolder(
    `There is a file ${path} already. Go on from it by --resume where it is a checkpoint, or name another file.`,
  )
const nothingToResume = (path: string) =>
  new NotThisFolder(
    `There is no checkpoint ${path} to go on from. The likeliest cause is another file's name, or a search that was ended before its first. Without --resume a search begins.`,
  )
const anotherSearch = (path: string, difference: string) =>
  new NotThisFolder(
    `The checkpoint ${path} is of another search: ${difference}. Ask as it was asked then, or name another file.`,
  )
