import { type End, other } from '../spec/roaming.ts'

/** What fits: the model's word for it. */
export const SUPPLIED = 'supplied by its receiver'

/** A packet, as far as its connection ID matters. */
interface Sent {
  readonly dcid: string | undefined
  readonly source: string | undefined
  readonly destination: string
  /** The sequence numbers that it retires. */
  readonly retires: readonly number[]
  /** Those that it supplies, and up to which of them its receiver is to retire. */
  readonly supplies: readonly number[]
  readonly retirePriorTo: readonly number[]
}

/** Whose connection IDs are whose, and whether each end uses those that it may (RFC 9000 §5.1, §9.5). */
export class ConnectionIds {
  readonly #owners = new Map<string, { readonly end: End; readonly sequence: number }>()
  /** Sequence numbers that an end has retired. */
  readonly #retired: Record<End, Set<number>> = { a: new Set(), b: new Set() }
  /** The greatest sequence number that an end has supplied: it has supplied all before it as well (§5.1.1). */
  readonly #greatest: Record<End, number> = { a: 0, b: 0 }
  /** Up to which of its own an end wants them retired. */
  readonly #retirePriorTo: Record<End, number> = { a: 0, b: 0 }
  /** How many of its peer's an end takes, where the log says so (§18.2). */
  readonly #takes: Partial<Record<End, number>> = {}
  /** Where each was sent to first. */
  readonly #sentTo = new Map<string, string>()
  /** What came from each address last. */
  readonly #cameFrom = new Map<string, string>()

  supplies(end: End, id: string, sequence: number): void {
    if (!this.#owners.has(id)) this.#owners.set(id, { end, sequence })
    if (Number.isInteger(sequence)) this.#greatest[end] = Math.max(this.#greatest[end], sequence)
  }

  takes(end: End, most: number): void {
    this.#takes[end] = most
  }

  ownerOf(id: string | undefined): End | undefined {
    return id === undefined ? undefined : this.#owners.get(id)?.end
  }

  /** What is to be said of the ID that a packet goes to; undefined where it has none, or the log does not say. */
  says(sender: End, sent: Sent): string | undefined {
    const { dcid, source, destination, retires, retirePriorTo } = sent
    for (const sequence of retirePriorTo) this.#retirePriorTo[sender] = Math.max(this.#retirePriorTo[sender], sequence)
    const problem =
      this.#wrongCount(sender, sent) ??
      (dcid === undefined ? undefined : this.#problem(sender, dcid, destination, retires))
    for (const sequence of retires) this.#retired[sender].add(sequence)
    if (source !== undefined && dcid !== undefined) this.#cameFrom.set(source, dcid)
    if (problem !== undefined) return `${dcid ?? 'a connection ID'}, ${problem}`
    return dcid === undefined ? undefined : SUPPLIED
  }

  /** What is wrong with how many it supplies, or which it retires. */
  #wrongCount(sender: End, { retires, supplies }: Sent): string | undefined {
    const peer = other(sender)
    const unknown = retires.find((sequence) => sequence > this.#greatest[peer])
    // §19.16
    if (unknown !== undefined)
      return `which comes with the retirement of ${unknown}, which its receiver has not supplied`
    // §19.15
    if (!supplies.every(Number.isInteger)) return 'which comes with one whose sequence number is none'
    const most = this.#takes[peer]
    if (supplies.length === 0 || most === undefined) return undefined
    const gone = this.#retirePriorTo[sender]
    const active = this.#greatest[sender] + 1 - gone - [...this.#retired[peer]].filter((one) => one >= gone).length
    // §5.1.1
    return active > most
      ? `which comes with one of ${active} that its receiver is to take, of ${most} at most`
      : undefined
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
