import { errors } from '../errors.ts'
import { constant, type Duration, durationIn, NUMBER, stepped, uniform } from './distribution.ts'

/** A time that depends on another: as long as that one is, and a while more or less. Two hosts in one train; one outage for both. */
export interface Tie {
  /** The parameter that it depends on. */
  readonly to: string
  /** How much more or less, in milliseconds; null: as long. */
  readonly by: Duration | null
}

/** Only what hosts do is counted from a beginning that they share: the so many-th stay of the one is with the so many-th of the other. */
const OF_A_HOST = /^(leaves|stays|blackout|overlap)\([^)]*\)$/
const FORM = /^([A-Za-z][\w ]*\([^)]*\))\s*([+-].*)?$/
const DISTRIBUTION = /^(exp|pareto)\(/

/**
 * A time that is written by another's: `leaves(a)`, `leaves(a)+200`, `leaves(a)+0..200`, `leaves(a)-100..100/10`.
 *
 * @returns null for what is written without another
 * @throws InputError where one of the two is no time of a host
 */
export function tieIn(option: string, name: string, text: string): Tie | null {
  const [, to, by] = FORM.exec(text.trim()) ?? []
  if (to === undefined || DISTRIBUTION.test(to)) return null
  for (const one of [name, to]) if (!OF_A_HOST.test(one)) throw errors.noTie(option, `${name}=${text}`, one)
  if (name === to) throw errors.tiedToItself(option, `${name}=${text}`)
  return { to, by: by === undefined ? null : offsetIn(option, name, by.replaceAll(/\s/g, '')) }
}

/** `+200`, `-100`, `-100..100`, `-100..100/10`, and what is written without a sign after `+`. */
function offsetIn(option: string, name: string, text: string): Duration {
  const [, from, to, step] = new RegExp(`^-(${NUMBER})(?:\\.\\.(-?${NUMBER})(?:/(${NUMBER}))?)?$`).exec(text) ?? []
  if (from === undefined) return durationIn(option, name, text.replace(/^\+/, ''))
  if (to === undefined) return constant(-Number(from))
  if (Number(to) < -Number(from)) throw errors.offsetEnds(option, `${name}=…${text}`)
  if (step === undefined) return uniform(-Number(from), Number(to))
  if (Number(step) === 0) throw errors.offsetEnds(option, `${name}=…${text}`)
  return stepped(-Number(from), Number(to), Number(step))
}

/**
 * How long it takes on the whole, whatever the other one's length.
 *
 * @throws InputError where it may come out below 0
 */
export function tied(option: string, name: string, { to, by }: Tie, other: Duration): Duration {
  const least = other.least + (by?.least ?? 0)
  if (least < 0) throw errors.tiedBefore(option, name, to, least)
  const most = other.most + (by?.most ?? 0)
  const alone = (): never => {
    throw new Error(`'${name}' is drawn with '${to}'`)
  }
  return { name: `as ${to}${by === null ? '' : `, and ${by.name}`}`, least, most, values: null, quantile: alone }
}

/** What is known already of times that others depend on: drawn for the one, and not taken by the other yet. */
export class Luck {
  readonly #members: ReadonlyMap<string, readonly string[]>
  readonly #of: ReadonlyMap<string, string>
  readonly #drawn: Map<string, readonly number[]>
  readonly #taken: Map<string, number>

  /** @param ties by the name of what depends */
  constructor(ties: Readonly<Record<string, Tie>>, before?: Luck) {
    const of = new Map(Object.entries(ties).flatMap(([name, { to }]) => [[name, to] as const, [to, to] as const]))
    this.#of = of
    this.#members = new Map([...of.values()].map((to) => [to, [...of.keys()].filter((name) => of.get(name) === to)]))
    this.#drawn = new Map(before === undefined ? [] : before.#drawn)
    this.#taken = new Map(before === undefined ? [] : before.#taken)
  }

  /** The next time of what one depends on, drawn now if nobody has yet; null where it depends on none, and none on it. */
  take(name: string, draw: (of: string) => number): number | null {
    const to = this.#of.get(name)
    if (to === undefined) return null
    const drawn = this.#drawn.get(to) ?? []
    const place = this.#taken.get(name) ?? 0
    const value = drawn[place] ?? draw(to)
    const all = place < drawn.length ? drawn : [...drawn, value]
    this.#taken.set(name, place + 1)
    // What all have taken nobody asks for any more.
    const members = this.#members.get(to)!
    const old = Math.min(...members.map((member) => this.#taken.get(member) ?? 0))
    for (const member of members) this.#taken.set(member, (this.#taken.get(member) ?? 0) - old)
    this.#drawn.set(to, all.slice(old))
    return value
  }

  /** What is still to be taken: two with the same go on alike. */
  get key(): string {
    const open = [...this.#drawn].filter(([, values]) => values.length > 0)
    return open
      .map(([to, values]) => `${to}=${values.join()}/${this.#members.get(to)!.map((one) => this.#taken.get(one) ?? 0)}`)
      .sort()
      .join(';')
  }
}
