import type { End } from '../spec/roaming.ts'

interface Asked {
  readonly by: End
  readonly source: string | undefined
  readonly destination: string
  isAnswered: boolean
}

/** Which PATH_RESPONSE is to which PATH_CHALLENGE (RFC 9000 §8.2). */
export class Challenges {
  readonly #asked = new Map<string, Asked>()

  /** 'new', or what is wrong with a challenge: each has data of its own (§8.2.1). */
  asks(by: End, data: string, source: string | undefined, destination: string): string {
    if (this.#asked.has(data)) return `${data}, again`
    this.#asked.set(data, { by, source, destination, isAnswered: false })
    return 'new'
  }

  /** 'a challenge', or what is wrong with a response: it echoes one, on the path that this came by, once (§8.2.2). */
  answers(by: End, data: string, source: string | undefined, destination: string): string {
    const asked = this.#asked.get(data)
    if (asked === undefined || asked.by === by) return `${data}, which nobody has asked`
    if (asked.isAnswered) return `${data}, which is answered`
    asked.isAnswered = true
    if (asked.source !== undefined && asked.source !== destination) return `${data}, which came from ${asked.source}`
    if (source !== undefined && asked.destination !== source) return `${data}, which went to ${asked.destination}`
    return 'a challenge'
  }
}
