import { closeSync, fsyncSync, openSync, readSync, statfsSync, writeSync } from 'node:fs'
import { mixed } from './checksum.ts'
import { alone } from './owner.ts'

/** File systems that no other machine has a hand in, by the numbers that statfs(2) gives them: ext2 to ext4, XFS, Btrfs, tmpfs, overlayfs, ZFS, F2FS. */
const OF_ONE_MACHINE = new Set([0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x794c7630, 0x2fc12fc1, 0xf2f52010])

/**
 * Text that several processes add lines to, each line whole. It is opened anew for each use: a file system of several machines promises that what was written and closed is seen by who opens later,
 * and no more (close-to-open, RFC 1813 §4.11).
 */
export class SharedLines {
  readonly path: string
  readonly #isOfOneMachine: boolean
  readonly #room = Buffer.alloc(2 ** 16)
  /** What was read and has no end yet. */
  #rest = Buffer.alloc(0)
  /** Bytes that were read as whole lines, and their checksum. */
  bytes = 0
  sum = 0

  constructor(path: string) {
    this.path = path
    this.#opened(() => {})
    this.#isOfOneMachine = OF_ONE_MACHINE.has(statfsSync(path).type)
  }

  /** At the end, wherever that is by then: one at a time, but where appending is one step for the file system, as on one machine it is. */
  append(line: string): void {
    // A line that was cut off before it ends here.
    const bytes = Buffer.from(`\n${line}\n`)
    const add = () => this.#opened((file) => writeSync(file, bytes))
    const some = this.#isOfOneMachine ? add() : alone(`${this.path}.lock`, add)
    if (some < bytes.length) throw Object.assign(new Error('no room for a line'), { code: 'ENOSPC' })
  }

  /** The lines that have come since the last time, empty ones too. */
  *news(): Generator<string> {
    this.#opened((file) => {
      let at = this.bytes + this.#rest.length
      for (;;) {
        const some = readSync(file, this.#room, 0, this.#room.length, at)
        if (some === 0) return
        at += some
        this.#rest = Buffer.concat([this.#rest, this.#room.subarray(0, some)])
      }
    })
    for (let end = this.#rest.indexOf(NEW_LINE); end >= 0; end = this.#rest.indexOf(NEW_LINE)) {
      const line = this.#rest.subarray(0, end)
      this.#rest = this.#rest.subarray(end + 1)
      this.bytes += end + 1
      for (const byte of line) this.sum = mixed(this.sum, byte)
      this.sum = mixed(this.sum, NEW_LINE)
      yield line.toString('utf8')
    }
  }

  sync(): void {
    this.#opened(fsyncSync)
  }

  #opened<Found>(use: (file: number) => Found): Found {
    const file = openSync(this.path, 'a+')
    try {
      return use(file)
    } finally {
      closeSync(file)
    }
  }
}

const NEW_LINE = 10
