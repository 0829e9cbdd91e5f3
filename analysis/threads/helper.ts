import { receiveMessageOnPort, workerData } from 'node:worker_threads'
import { doPiece } from '../../checker/crew.ts'
import type { Shared } from '../../checker/partitioned.ts'
import { collect, letsGo } from './collect.ts'
import { ACTIVE, CLOSED, FAILED, HANDED, type HelperData, PHASES, READY, TURN, WHAT } from './crew.ts'

const { signals, member, port } = workerData as HelperData
const what = () => PHASES[Atomics.load(signals, WHAT)]!

let shared: Shared | null = null
let handed = 0
Atomics.add(signals, READY, 1)
for (let turn = 0; ; ) {
  Atomics.wait(signals, TURN, turn)
  turn = Atomics.load(signals, TURN)
  if (what() === 'end') break
  if (joins()) takePart()
}
port.close()

/** False where the phase is over already. */
function joins(): boolean {
  for (;;) {
    const active = Atomics.load(signals, ACTIVE)
    if ((active & CLOSED) !== 0) return false
    if (Atomics.compareExchange(signals, ACTIVE, active, active + 1) === active) return true
  }
}

function takePart(): void {
  try {
    for (; handed < Atomics.load(signals, HANDED); handed++) takeUp(receiveMessageOnPort(port)!.message as Shared)
    const phase = what()
    while (phase !== 'end' && doPiece(phase, shared!, member));
  } catch {
    Atomics.store(signals, FAILED, 1)
  }
  Atomics.sub(signals, ACTIVE, 1)
  Atomics.notify(signals, ACTIVE)
}

function takeUp(given: Shared): void {
  const large = letsGo(shared, given)
  shared = given
  if (large) collect()
}
