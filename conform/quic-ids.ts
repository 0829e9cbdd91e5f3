import { type End, other } from '../spec/roaming.ts'

/** What fits: the model's word for it. */
const SUPPLIED = 'supplied by its receiver'

/** A packet, as far as its connection ID matters. */
interface Sent {
  readonly dcid: string | undefined
  readonly source: string | undefined
  readonly destination: string
  /** The sequence numbers that it retires. */
  readonly retires: readonly number[]
}

/** Whose connection IDs are whose, and whether each end uses those that it may (RFC 9000 §5.1, §9.5). */
export class ConnectionIds {
  readonly #owners = new Map<string, { readonly end: End; readonly sequence: number }>()
  /** Sequence numbers that an end has retired. */
  readonly #retired: Record<End, Set<number>> = { a: new Set(), b: new Set() }
  /** Where each was sent to first. */
  readonly #sentTo = new Map<string, string>()
  /** What came from each address last. */
  readonly #cameFrom = new Map<string, string>()

  supplies(end: End, id: string, sequence: number): void {
    if (!this.#owners.has(id)) this.#owners.set(id, { end, sequence })
  }

  ownerOf(id: string | undefined): End | undefined {
    return id === undefined ? undefined : this.#owners.get(id)?.end
  }

  /** What is to be said of the ID that a packet goes to; undefined where it has none, or the log does not say. */
  says(sender: End, { dcid, source, destination, retires }: Sent): string | undefined {
    const problem = dcid === undefined ? undefined : this.#problem(sender, dcid, destination, retires)
    for (const sequence of retires) this.#retired[sender].add(sequence)
    if (dcid === undefined) return undefined
    if (source !== undefined) this.#cameFrom.set(source, dcid)
    return problem === undefined ? SUPPLIED : `${dcid}, ${problem}`
  }

  #problem(sender: End, dcid: string, destination: string, retires: readonly number[]): string | undefined {
    const owner = this.#owners.get(dcid)
    if (owner?.end !== other(sender)) return 'which its receiver has not supplied'
    if (this.#retired[sender].has(owner.sequence)) return 'which its sender has retired'
    // §19.16
    if (retires.includes(owner.sequence)) return 'which the same packet retires'
    const before = this.#sentTo.get(dcid)
    if (before === undefined) this.#sentTo.set(dcid, destination)
    // §9.5  Unless the peer's address has changed without its doing: then it has kept to its own connection ID.
    if (before === undefined || before === destination || this.#isRebound(before, destination)) return undefined
    return `which went to ${before} before`
  }

  #isRebound(one: string, another: string): boolean {
    const [before, after] = [this.#cameFrom.get(one), this.#cameFrom.get(another)]
    return before === undefined || before === after
  }
}
