/** One line of a log: a packet that was seen on its way, or a thing that a node said it did. */
export interface LogLine {
  /** Position in the file, from 1. */
  readonly line: number
  /** Seconds since the first line. */
  readonly time: number
  /** What the line says, as the mapping reads it. */
  readonly fields: Readonly<Record<string, string>>
  /** Whether whoever captured it got the packet or sent it, where the capture says so: a router does both. */
  readonly direction?: 'in' | 'out'
}

/** What was read of a log: its lines, with the instants that it gives them, and what is to be said of the reading. */
export interface Log {
  readonly lines: readonly LogLine[]
  readonly warnings: readonly string[]
}

/**
 * A packet that was seen, in the model's words. Addresses are the model's: a host at its n-th stop, or a server. What is undefined the log does not say,
 * and is not compared.
 */
export interface Seen {
  readonly line: number
  readonly time: number
  /** When it was seen last, if a router kept it. */
  readonly until?: number
  readonly kind: string
  readonly source: string | undefined
  readonly destination: string | undefined
  readonly fields: Readonly<Record<string, string | number>>
  /** What a tunnel carries, from the outside in: the message is in the last. */
  readonly inside?: readonly { readonly source: string; readonly destination: string }[]
  /** The line in a few words, for reports. */
  readonly words: string
  /** Why it is none of the model: what the line shows is something that the model leaves out and that it could not go on after. */
  readonly unsupported?: string
}

/** What a mapping makes of a log. */
export interface Mapped {
  readonly seen: readonly Seen[]
  /** Seconds: when the state was reached that the model begins with; a moment before the first line, if it does not say. */
  readonly since?: number
  /** Lines that are about something that the model leaves out, by reason. */
  readonly leftOut: Readonly<Record<string, number>>
  /** The addresses that each host was seen at, in order: one more than its moves. */
  readonly stops: Readonly<Record<string, readonly string[]>>
  /** Whether an end was seen at two of its addresses at once: how long it held both is not shown. */
  readonly overlaps?: boolean
  /** Whether the log shows servers: if not, what goes to or comes from one is not expected in it. */
  readonly showsServers: boolean
  /** What the log shows of choices that are not the protocol's, as options of the scenario. */
  readonly options?: Readonly<Record<string, string | number | boolean>>
  /** The same where more is looked at than the log gives a reason to think of. */
  readonly furtherOptions?: Readonly<Record<string, string | number | boolean>>
}

/** A log, or a mapping of it, that cannot be judged. */
export class LogError extends Error {
  override readonly name = 'LogError'
}

/** Counts the lines that a mapping leaves out, by reason. */
export class LeftOut {
  readonly reasons: Record<string, number> = {}

  add(why: string): void {
    this.reasons[why] = (this.reasons[why] ?? 0) + 1
  }
}

/** A flag, as versions of tshark write it. */
export const isSet = (flag: string | undefined): boolean => flag === '1' || flag?.toLowerCase() === 'true'

/** Seconds that a packet is on its way at most, if nobody says otherwise. */
export const LATENCY = 0.4

/** Seconds that a router takes. */
export const A_MOMENT = 0.005

/** A router shows a packet when it comes in and when it goes out: the second is no other packet. */
export class Copies {
  readonly #last = new Map<string, number>()

  /** Whether the same was seen a moment before. */
  has(what: string, time: number): boolean {
    const before = this.#last.get(what)
    this.#last.set(what, time)
    return before !== undefined && time >= before && time - before < A_MOMENT
  }
}

/**
 * The lines of a log by their time. What was taken at two interfaces may be out of order by a moment; more than that is no order.
 *
 * @throws LogError naming the line that is earlier than the one before it
 */
export function inOrder(lines: readonly LogLine[]): LogLine[] {
  const late = lines.find((line, i) => i > 0 && lines[i - 1]!.time - line.time > A_MOMENT)
  if (late === undefined) return [...lines].sort((one, other) => one.time - other.time)
  const before = lines[lines.indexOf(late) - 1]!
  throw new LogError(
    `Line ${late.line} (${late.time.toFixed(3)} s) is earlier than line ${before.line} before it (${before.time.toFixed(3)} s). The likeliest cause is a merge of captures in no order, or a clock that was set. Put the lines in the order of their times.`,
  )
}
