import { canonical } from './canonical.ts'
import type { Compiled, CompiledModel } from './compile.ts'
import { NotSymmetric } from './errors.ts'
import type { Layout } from './layout.ts'
import type { Model, Symmetry, Value } from './model.ts'

/** The image of a state. */
export const imageOf = ({ cells, value }: Symmetry, state: readonly Value[]): readonly Value[] => {
  const image = [...state]
  for (const [cell, other] of cells.entries()) image[other] = value(cell, state[cell]!)
  return image
}

/** What an outcome does, and does in the image, each as a number: equal for what does the same. */
interface Deeds {
  readonly own: Int32Array
  readonly image: Int32Array
}

/**
 * The symmetry of a model, on integers: of a state and its image the lesser one, by the integers of its cells, stands for both. It is held against the model while that is searched: images of initial states are
 * initial, in the image of each state the image happens of what happens there, and images of images are what they are images of. With `withSymmetry`, which looks at what arrives, all states of the model are
 * then by induction those that were searched, and their images.
 */
export class Mirror {
  readonly #compiled: CompiledModel
  readonly #symmetry: Symmetry
  /** By cell and integer: the integer in the other cell; −1 where it is not known yet. */
  readonly #images: Int32Array[]
  readonly #row: Int32Array
  readonly #image: Int32Array
  #folded = new Int32Array(0)
  readonly #deeds = new Map<Compiled, Deeds>()
  readonly #numbers = new Map<string, number>()
  #imagesOfDeeds: Int32Array = new Int32Array(64)
  #deedsOfImage: Int32Array = new Int32Array(64)

  /** @throws NotSymmetric where a cell does not take the place of the one that takes its place */
  constructor(compiled: CompiledModel, symmetry: Symmetry) {
    const { cells } = symmetry
    if (cells.some((other, cell) => cells[other] !== cell)) throw new NotSymmetric('cells do not change places')
    this.#compiled = compiled
    this.#symmetry = symmetry
    this.#images = symmetry.cells.map(() => new Int32Array(16).fill(-1))
    this.#row = new Int32Array(compiled.width)
    this.#image = new Int32Array(compiled.width)
  }

  /** An estimate, in bytes, of what it has learned. */
  get bytes(): number {
    return this.#images.reduce(
      (bytes, { byteLength }) => bytes + byteLength,
      (this.#deeds.size + this.#numbers.size) * 200,
    )
  }

  /** The integers of a state's image, until it is asked again. */
  imageOf(row: Int32Array): Int32Array {
    const { cells } = this.#symmetry
    for (let cell = 0; cell < cells.length; cell++)
      this.#image[cells[cell] as number] = this.#integer(cell, row[cell] as number)
    return this.#image
  }

  /** The integers of the one that stands for a state: itself, or its image until it is asked again. */
  representative(row: Int32Array): Int32Array {
    const image = this.imageOf(row)
    for (let cell = 0; cell < row.length; cell++)
      if (image[cell] !== row[cell]) return (image[cell] as number) < (row[cell] as number) ? image : row
    return row
  }

  /** Finds what stands for each of so many packed states, to be folded; false where an image has no room in the layout. */
  prepareFold(rows: Int32Array, count: number, layout: Layout): boolean {
    if (this.#folded.length < rows.length) this.#folded = new Int32Array(rows.length)
    let fit = true
    for (let k = 0; k < count; k++) {
      const at = k * layout.size
      layout.unpack(rows, at, this.#row)
      const representative = this.representative(this.#row)
      if (!layout.fits(this.#image)) fit = false
      else layout.pack(representative, this.#folded, at)
    }
    return fit
  }

  /** Puts what was found to stand for each of so many packed states in their places. */
  fold(rows: Int32Array, count: number, layout: Layout): void {
    for (let i = 0; i < count * layout.size; i++) rows[i] = this.#folded[i] as number
  }

  /** @throws NotSymmetric where the image of one of these is none of them */
  checkInitial(states: readonly Int32Array[]): void {
    const known = new Set(states.map(String))
    for (const state of states) {
      const image = this.imageOf(state)
      if (known.has(String(image))) continue
      const cell = image.findIndex((integer, c) => integer !== state[c])
      throw new NotSymmetric(`'${this.#compiled.model.cells[cell]}' begins as it does not in the image`)
    }
  }

  /**
   * Holds what happens in a state, which is enabled, against what happens in its image.
   * @throws NotSymmetric where these differ
   */
  check(row: Int32Array): void {
    const { enabled } = this.#compiled
    const here = [...enabled]
    this.#compiled.enable(this.imageOf(row))
    const there = [...enabled]
    enabled.length = 0
    enabled.push(...here)
    const [happens, happensThere] = [this.#gather(here, true), this.#gather(there, false)]
    const one = this.#imagesOfDeeds.subarray(0, happens).sort()
    const other = this.#deedsOfImage.subarray(0, happensThere).sort()
    const differ = happens !== happensThere || one.some((deed, i) => deed !== other[i])
    if (differ) throw this.#difference(here, new Set(other), there, new Set(one))
  }

  #difference(here: readonly Compiled[], there: Set<number>, enabled: readonly Compiled[], images: Set<number>) {
    const missing = (of: readonly Compiled[], kind: keyof Deeds, among: Set<number>): string | undefined =>
      of.flatMap((one) => one.labels.filter((_, i) => !among.has(this.#deedsOf(one)[kind][i]!)))[0]?.text
    const text = missing(here, 'image', there) ?? missing(enabled, 'own', images)
    return new NotSymmetric(
      text === undefined
        ? 'something happens in two ways in a state, and in one in its image'
        : `it happens that ${text}, and in the image of that state nothing that does the same by other names`,
    )
  }

  /** Numbers what is enabled, or its images; how many there are. */
  #gather(enabled: readonly Compiled[], images: boolean): number {
    let count = 0
    for (const one of enabled) {
      const { own, image } = this.#deedsOf(one)
      const numbers = images ? image : own
      for (let i = 0; i < numbers.length; i++) {
        if (count === this.#imagesOfDeeds.length) this.#makeRoom()
        const list = images ? this.#imagesOfDeeds : this.#deedsOfImage
        list[count++] = numbers[i] as number
      }
    }
    return count
  }

  #makeRoom(): void {
    const longer = (list: Int32Array): Int32Array => {
      const more = new Int32Array(2 * list.length)
      more.set(list)
      return more
    }
    this.#imagesOfDeeds = longer(this.#imagesOfDeeds)
    this.#deedsOfImage = longer(this.#deedsOfImage)
  }

  #deedsOf(compiled: Compiled): Deeds {
    let deeds = this.#deeds.get(compiled)
    if (deeds === undefined) {
      deeds = { own: this.#number(compiled, false), image: this.#number(compiled, true) }
      this.#deeds.set(compiled, deeds)
    }
    return deeds
  }

  #number({ code, labels }: Compiled, isImage: boolean): Int32Array {
    const { cells } = this.#symmetry
    let at = 0
    return Int32Array.from(labels, () => {
      at++
      const sets = new Map<number, number>()
      for (let left = code[at++] as number; left > 0; left--, at += 2) {
        const [cell, integer] = [code[at] as number, code[at + 1] as number]
        sets.set(isImage ? cells[cell]! : cell, isImage ? this.#integer(cell, integer) : integer)
      }
      // What one cell is sent is in order: packets of a path may be.
      const sends = new Map<number, number[]>()
      for (let left = code[at++] as number; left > 0; left--, at += 2) {
        const [cell, id] = [code[at] as number, code[at + 1] as number]
        const to = isImage ? cells[cell]! : cell
        sends.set(to, [...(sends.get(to) ?? []), isImage ? this.#imageOfParcel(cell, id) : id])
      }
      const listed = (all: Map<number, unknown>): string[] => [...all].map(([cell, of]) => `${cell}: ${of}`).sort()
      const text = `${listed(sets).join('; ')} and ${listed(sends).join('; ')}`
      const number = this.#numbers.get(text) ?? this.#numbers.size
      this.#numbers.set(text, number)
      return number
    })
  }

  #imageOfParcel(cell: number, id: number): number {
    const { cells, parcel } = this.#symmetry
    const sent = this.#compiled.parcel(id)
    const image = parcel(cell, sent)
    if (canonical(parcel(cells[cell]!, image)) !== canonical(sent)) throw this.#notItsOwnInverse(sent)
    return this.#compiled.parcelId(image)
  }

  #notItsOwnInverse(value: Value): NotSymmetric {
    return new NotSymmetric(`a name is both a node's and a network's, in ${canonical(value)}`)
  }

  /** What an integer of a cell is in the other one. */
  #integer(cell: number, integer: number): number {
    const images = this.#images[cell]!
    const known = integer < images.length ? (images[integer] as number) : -1
    return known < 0 ? this.#learn(cell, integer) : known
  }

  #learn(cell: number, integer: number): number {
    const { interners } = this.#compiled
    const { cells, value } = this.#symmetry
    const [own, other] = [interners[cell]!.get(integer), cells[cell]!]
    const imaged = value(cell, own)
    if (canonical(value(other, imaged)) !== canonical(own)) throw this.#notItsOwnInverse(own)
    const image = interners[other]!.id(imaged)
    let images = this.#images[cell]!
    if (integer >= images.length) {
      const longer = new Int32Array(Math.max(integer + 1, 2 * images.length)).fill(-1)
      longer.set(images)
      this.#images[cell] = images = longer
    }
    images[integer] = image
    return image
  }
}

/** The same model, in which what arrives in a cell is held against what arrives in the other one, each time that it is learned: for a search with a mirror. */
export function withSymmetry(model: Model, symmetry: Symmetry): Model {
  const { cells, value, parcel } = symmetry
  return {
    ...model,
    absorb: (cell, before, arriving) => {
      const after = model.absorb(cell, before, arriving)
      const there = model.absorb(cells[cell]!, value(cell, before), parcel(cell, arriving))
      if (canonical(there) !== canonical(value(cell, after)))
        throw new NotSymmetric(`what arrives in ${model.cells[cell]} and in ${model.cells[cells[cell]!]} differs`)
      return after
    },
  }
}
