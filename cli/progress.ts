import type { Progress } from '../checker/limits.ts'

/** One line on standard error that is written over once a second; nothing in a pipe. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream
  readonly #live: boolean
  #done = ''

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream
    this.#live = stream.isTTY === true
  }

  searching(name: string, progress: Progress): void {
    const { states, transitions, seconds, depth, frontier, memory } = progress
    const rate = Math.round(states / Math.max(seconds, 0.001))
    this.#write(
      `${this.#done}${name}: ${states} states, ${transitions} transitions, ` +
        `${rate} states/s, depth ${depth}, frontier ${frontier}, ${(memory / 2 ** 20).toFixed(0)} MiB`,
    )
  }

  /** @param done how much is, in a few words */
  finished(done: string): void {
    this.#done = `[${done}] `
    this.#write(this.#done)
  }

  /** Says something that stays, above the line. */
  above(text: string): void {
    this.clear()
    this.#stream.write(`${text}\n`)
  }

  clear(): void {
    if (this.#live) this.#stream.write('\r\x1b[K')
  }

  #write(text: string): void {
    if (!this.#live) return
    const width = this.#stream.columns ?? 80
    this.#stream.write(`\r\x1b[K${text.length >= width ? `${text.slice(0, width - 2)}…` : text}`)
  }
}
