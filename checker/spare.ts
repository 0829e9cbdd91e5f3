/** Memory of a search that it needs no more, which is counted already: for what lasts as long as the check does. As far as it goes; then it is taken anew. */
export class Spare {
  readonly #anew: (length: number) => Int32Array
  #room: Int32Array = new Int32Array(0)

  constructor(anew: (length: number) => Int32Array) {
    this.#anew = anew
  }

  /** Nobody else looks at it any more. */
  lend(room: Int32Array): void {
    this.#room = room
  }

  /** How much is left: what was taken since is given back by going back to it. */
  get left(): Int32Array {
    return this.#room
  }

  /** Integers, 0 each. */
  ints(length: number): Int32Array {
    if (length > this.#room.length) return this.#anew(length)
    const part = this.#room.subarray(0, length).fill(0)
    this.#room = this.#room.subarray(length)
    return part
  }

  /** The same of bytes. */
  bytes(length: number): Uint8Array {
    const { buffer, byteOffset } = this.ints(Math.ceil(length / Int32Array.BYTES_PER_ELEMENT))
    return new Uint8Array(buffer, byteOffset, length)
  }
}
