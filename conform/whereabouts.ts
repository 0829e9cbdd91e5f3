import { ENDS, type End, other } from '../spec/roaming.ts'

/** Where the two ends of a session are seen, as a log goes on. */
export class Whereabouts {
  #stops: Record<End, string[]>
  /** Whose an address was last. */
  readonly #hostAt: Map<string, End>

  constructor(a: string, b: string) {
    this.#stops = { a: [a], b: [b] }
    this.#hostAt = new Map([
      [a, 'a'],
      [b, 'b'],
    ])
  }

  /** The addresses of each end in their order; one that it came back to is there again. */
  get stops(): Readonly<Record<End, readonly string[]>> {
    return this.#stops
  }

  /** Whose an address is. */
  hostAt(address: string): End | undefined {
    return this.#hostAt.get(address)
  }

  /** An end sends from there: if it was somewhere else, it has moved. */
  sees(end: End | undefined, address: string | undefined): void {
    if (end === undefined || address === undefined) return
    const owner = this.#hostAt.get(address)
    if (owner !== undefined && owner !== end) return
    this.#hostAt.set(address, end)
    if (this.#stops[end].at(-1) !== address) this.#stops[end].push(address)
  }

  /** Who sends a packet: by its address, else by whom it is for. */
  senderOf(source: string | undefined, destination: string, receiver: End | undefined): End | undefined {
    const known = source === undefined ? undefined : this.#hostAt.get(source)
    const to = receiver ?? this.#hostAt.get(destination)
    return known ?? (to === undefined ? undefined : other(to))
  }

  /** An address as the model has it. */
  place(address: string): string {
    const host = ENDS.find((end) => this.#stops[end].includes(address))
    return host === undefined ? `unknown ${address}` : `${host}@${this.#stops[host].indexOf(address)}`
  }

  /** Each end gets the other's name. */
  swap(): void {
    this.#stops = { a: this.#stops.b, b: this.#stops.a }
    for (const [address, end] of this.#hostAt) this.#hostAt.set(address, other(end))
  }
}
