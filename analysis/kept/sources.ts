import { fileOf } from '../load/resolve.ts'
import { digestOfFile } from './own-file.ts'
import { digestOfEngine, digestOfProtocol, type Program, readProgram } from './program.ts'

/** Digests of what answers follow from, each made once. */
export class Sources {
  readonly #program: Program
  readonly #known = new Map<string, Promise<string | null>>()
  readonly engine: string

  constructor(program: Program = readProgram()) {
    this.#program = program
    this.engine = digestOfEngine(program)
  }

  /**
   * Of each protocol that ships and of each file, and of all protocols where none is named. Null where something is not known that an answer may follow from.
   *
   * @param names `sip`, `sip/direct`, `my-protocol.ts`, `my-protocol.ts/direct`
   */
  async of(names: readonly string[]): Promise<readonly string[] | null> {
    const digests = await Promise.all((names.length === 0 ? [''] : names).map((name) => this.#of(name)))
    return digests.every((digest) => digest !== null) ? digests : null
  }

  /** Of one, whatever it was before. */
  async now(name: string): Promise<readonly string[] | null> {
    const digest = await this.#make(name)
    return digest === null ? null : [digest]
  }

  /** A file has changed. */
  forget(): void {
    this.#known.clear()
  }

  #of(name: string): Promise<string | null> {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const digest = this.#make(name)
    this.#known.set(name, digest)
    return digest
  }

  async #make(name: string): Promise<string | null> {
    const file = fileOf(name)
    if (file === null) return digestOfProtocol(this.#program, name.split('/')[0]!)
    const own = await digestOfFile(file)
    // It may import the protocols that ship.
    return own === null ? null : `${own} ${digestOfProtocol(this.#program, '')}`
  }
}
