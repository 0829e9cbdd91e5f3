import type { Asked, Told } from './worker.ts'
import CheckWorker from './worker.ts?worker&inline'

/** One search in a worker of its own; stopping it ends the worker. */
export class Search {
  readonly #worker: Worker

  constructor(asked: Asked, told: (told: Told) => void) {
    this.#worker = new CheckWorker()
    this.#worker.onmessage = ({ data }: MessageEvent<Told>) => {
      told(data)
      if (data.kind !== 'progress') this.stop()
    }
    this.#worker.onerror = (event) => {
      told({ kind: 'failed', message: event.message })
      this.stop()
    }
    this.#worker.postMessage(asked)
  }

  stop(): void {
    this.#worker.terminate()
  }
}
