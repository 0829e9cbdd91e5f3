import { receiveMessageOnPort, workerData } from 'node:worker_threads'
import { doPiece } from '../../checker/crew.ts'
import type { Shared } from '../../checker/partitioned.ts'
import { DONE, FAILED, HANDED, type HelperData, PHASES, READY, TURN, WHAT } from './crew.ts'

const { signals, member, port } = workerData as HelperData

let shared: Shared | null = null
let handed = 0
Atomics.add(signals, READY, 1)
for (let turn = 0; ; ) {
  Atomics.wait(signals, TURN, turn)
  turn = Atomics.load(signals, TURN)
  const what = PHASES[Atomics.load(signals, WHAT)]!
  if (what === 'end') break
  try {
    for (; handed < Atomics.load(signals, HANDED); handed++) shared = receiveMessageOnPort(port)!.message as Shared
    while (doPiece(what, shared!, member));
  } catch {
    Atomics.store(signals, FAILED, 1)
  }
  Atomics.add(signals, DONE, 1)
  Atomics.notify(signals, DONE)
}
port.close()
