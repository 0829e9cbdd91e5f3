import { receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { Work } from '../../checker/crew.ts'
import { loopOn } from '../../checker/wasm/loop.ts'
import { ACTIVE, CHUNK, CLOSED, END, FAILED, type HelperData, READY, TURN } from './crew.ts'

const { signals, member, port } = workerData as HelperData

let make: ((chunk: number) => boolean) | null = null
Atomics.add(signals, READY, 1)
for (let turn = 0; ; ) {
  Atomics.wait(signals, TURN, turn)
  turn = Atomics.load(signals, TURN)
  if (Atomics.load(signals, CHUNK) === END) break
  if (joins()) takePart()
}
port.close()

/** False where the chunk has been made already. */
function joins(): boolean {
  for (;;) {
    const active = Atomics.load(signals, ACTIVE)
    if ((active & CLOSED) !== 0) return false
    if (Atomics.compareExchange(signals, ACTIVE, active, active + 1) === active) return true
  }
}

function takePart(): void {
  try {
    make ??= maker()
    // It stays the same as long as somebody is at it.
    const chunk = Atomics.load(signals, CHUNK)
    while (make(chunk));
  } catch {
    Atomics.store(signals, FAILED, 1)
  }
  Atomics.sub(signals, ACTIVE, 1)
  Atomics.notify(signals, ACTIVE)
}

function maker(): (chunk: number) => boolean {
  const { memory, common } = receiveMessageOnPort(port)!.message as Work
  const loop = loopOn(memory)
  return (chunk) => loop.make(common, chunk, member) !== 0
}
