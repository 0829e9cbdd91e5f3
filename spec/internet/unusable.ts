/**
 * What an author's function gave cannot be used: what is so, the likeliest cause, and what to do next. The three are also told apart, for
 * whoever lists mistakes before a search (`analysis/mistakes/`).
 */
export class Unusable extends Error {
  override readonly name = 'Unusable'
  readonly fact: string
  readonly why: string
  readonly act: string

  constructor(fact: string, why: string, act: string) {
    super(`${fact}. ${why} ${act}`)
    this.fact = fact
    this.why = why
    this.act = act
  }
}

/** A value in an error, on one line, whatever it is. */
export function inWords(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return String(value)
  }
}
