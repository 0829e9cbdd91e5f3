import { isThere, me, moveAway, readRecord, recordOf, remove, secondsSince, sleep, writeFirst } from './files.ts'

/** Somebody who gives no sign of life for so many seconds is gone; of this machine, it is looked up at once. */
const PATIENCE = 120
const WAIT_MS = 1

/** Whether whoever made this file is gone. */
export function isAbandoned(path: string): boolean {
  const seconds = secondsSince(path)
  if (seconds === null || seconds > PATIENCE) return true
  const owner = readRecord<typeof me>(path)
  return owner === null || (owner.host === me.host && !isThere(owner.pid))
}

/** Does what takes no time while nobody else does the same. */
export function alone<Found>(path: string, work: () => Found): Found {
  while (!writeFirst(path, recordOf(me), false)) {
    if (isAbandoned(path)) moveAway(path)
    else sleep(WAIT_MS)
  }
  try {
    return work()
  } finally {
    remove(path)
  }
}
