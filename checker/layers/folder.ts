import type { Known } from './dictionary.ts'
import {
  bytesOf,
  has,
  inside,
  isThere,
  makeFolder,
  me,
  namesIn,
  readRecord,
  recordOf,
  remove,
  writeFirst,
  writeRecord,
  writeText,
} from './disk/files.ts'

/** A search on disk cannot go on in a folder, for a reason that whoever named it can mend. */
export class NotThisFolder extends Error {
  override readonly name = 'NotThisFolder'
}

/** What a search is of: it goes on only with the same. Names, each with what it is. */
export type About = Readonly<Record<string, string>>

/** Whether a search that is there is gone on with. */
export type Resume = boolean | 'if there'

/** What came of expanding a part of a layer. */
export interface Expanded {
  readonly states: number
  readonly transitions: number
  /** The sorted files of what was found, by the part that it belongs to. */
  readonly runs: readonly (readonly string[])[]
  /** Properties of which a state, or a step, has decided: by position, and what it says of it. */
  readonly decided: readonly { readonly property: number; readonly reason: string }[]
  /** Properties of which the witness was seen. */
  readonly witnessed: readonly number[]
  /** Where something threw: in which state, by its integers. */
  readonly failure: Thrown | null
  readonly known: Known
}

export interface Thrown {
  readonly row: readonly number[] | null
  readonly where: string
  readonly message: string
  readonly saw: Readonly<Record<string, never>>
}

interface Header {
  readonly format: number
  readonly partitions: number
  readonly about: About
}

const FORMAT = 1
/** What is left of one that was ended before it began. */
const OF_NOBODY = /^(here|claims)$|\.tmp$/
/** Where nobody says: so that some processes can share a search that was begun by one. */
const PARTITIONS = 4

/**
 * The folder of a search: what it is of, the values of cells (`values`), and a folder a layer, with the layer's states, a sorted file a part; what came of expanding each part; and, until the next
 * layer is made of them, the runs of what was found.
 */
export class Folder {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /**
   * Takes a folder for a search, or joins those that are at it already.
   *
   * @param resume whether a search that nobody is at is to be gone on with; 'if there' takes it as it is, or begins one
   * @returns into how many parts it is cut
   * @throws NotThisFolder where it holds something else, or a search that is not to be gone on with
   */
  open(about: About, partitions: number | null, resume: Resume): number {
    if (resume !== 'if there') this.mustBeFor(resume)
    const header = this.#header
    if (!has(header)) {
      this.#enter()
      const mine: Header = { format: FORMAT, partitions: partitions ?? PARTITIONS, about }
      if (writeFirst(header, recordOf(mine))) return mine.partitions
    }
    const theirs = readRecord<Header>(header)!
    const difference =
      theirs.format === FORMAT
        ? differenceOf(theirs.about, about)
        : `its format is ${theirs.format}, and this program writes ${FORMAT}`
    if (difference !== null) throw anotherSearch(this.path, difference)
    if (partitions !== null && partitions !== theirs.partitions)
      throw otherPartitions(this.path, theirs.partitions, partitions)
    this.#enter()
    return theirs.partitions
  }

  /** @throws NotThisFolder where there is nothing to go on with, or something that is not to be gone on with */
  mustBeFor(resume: boolean): void {
    if (has(this.#header)) {
      if (!resume && !this.#isInUse()) throw hasASearch(this.path)
      return
    }
    const other = namesIn(this.path).find((name) => !OF_NOBODY.test(name))
    if (other !== undefined) throw notASearch(this.path, other)
    if (resume) throw nothingToResume(this.path)
  }

  leave(): void {
    remove(this.#presence())
  }

  get #header(): string {
    return inside(this.path, 'search.json')
  }

  get values(): string {
    return inside(this.path, 'values')
  }

  /** What was told when it was over. */
  get told(): string {
    return inside(this.path, 'told.json')
  }

  layer(depth: number): string {
    return inside(this.path, 'layers', String(depth))
  }

  /** The states of a part of a layer. */
  states(depth: number, part: number): string {
    return inside(this.layer(depth), `states-${part}`)
  }

  runs(depth: number): string {
    return inside(this.layer(depth), 'runs')
  }

  run(depth: number, name: string): string {
    return inside(this.runs(depth), name)
  }

  expandedFile(depth: number, part: number): string {
    return inside(this.layer(depth), `expanded-${part}.json`)
  }

  expanded(depth: number, part: number): Expanded | null {
    return readRecord<Expanded>(this.expandedFile(depth, part))
  }

  setExpanded(depth: number, part: number, expanded: Expanded): void {
    writeRecord(this.expandedFile(depth, part), expanded)
  }

  claim(step: string): string {
    return inside(this.path, 'claims', step)
  }

  /** What a layer leaves behind once the next one is there. */
  tidy(depth: number): void {
    remove(this.runs(depth))
  }

  get bytes(): number {
    return bytesOf(this.path)
  }

  /** Before anything else, so that whoever comes at the same time sees that somebody is here. */
  #enter(): void {
    makeFolder(inside(this.path, 'claims'))
    makeFolder(inside(this.path, 'here'))
    writeText(this.#presence(), '', false)
  }

  #presence(): string {
    return inside(this.path, 'here', `${me.host}.${me.pid}`)
  }

  /** Whether a process is at it; those that are gone are forgotten. */
  #isInUse(): boolean {
    const here = inside(this.path, 'here')
    return namesIn(here).some((name) => {
      const at = name.lastIndexOf('.')
      const [host, pid] = [name.slice(0, at), Number(name.slice(at + 1))]
      // Of another machine nobody knows: whoever is at it there touches what it is at, and takes over nothing that is not done twice without harm.
      if (host !== me.host || isThere(pid)) return true
      remove(inside(here, name))
      return false
    })
  }
}

/** What is not the same: null where all is. */
export function differenceOf(theirs: About, mine: About): string | null {
  const names = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])]
  const name = names.find((one) => theirs[one] !== mine[one])
  return name === undefined ? null : `there, ${name}: ${theirs[name] ?? 'not said'}; here: ${mine[name] ?? 'not said'}`
}

const notASearch = (path: string, name: string) =>
  new NotThisFolder(
    `${path} holds no search, but other things (${name}). Name a folder that is empty, or not there yet: it is made.`,
  )
const nothingToResume = (path: string) =>
  new NotThisFolder(
    `There is no search in ${path} to go on with. The likeliest cause is another folder's name. Without --resume a search begins there.`,
  )
const anotherSearch = (path: string, difference: string) =>
  new NotThisFolder(
    `The search in ${path} is another one: ${difference}. Ask as it was asked then, or name another folder.`,
  )
const otherPartitions = (path: string, theirs: number, mine: number) =>
  new NotThisFolder(
    `The search in ${path} is cut into ${theirs} parts, and --partitions says ${mine}: that stays as it was begun. Leave --partitions out, or name another folder.`,
  )
const hasASearch = (path: string) =>
  new NotThisFolder(
    `There is a search in ${path} already, and nobody is at it. Go on with it by --resume, or name another folder.`,
  )
