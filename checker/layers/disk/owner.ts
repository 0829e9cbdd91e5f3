import {
  Damaged,
  isThere,
  me,
  moveAway,
  ownName,
  readRecord,
  recordOf,
  remove,
  secondsSince,
  sleep,
  textOf,
  writeFirst,
} from './files.ts'

/** Somebody who gives no sign of life for so many seconds is gone; of this machine, it is looked up at once. */
const PATIENCE = 120
const WAIT_MS = 1

/** Whether whoever made this file is gone. What cannot be read was not finished: power has failed. */
export function isAbandoned(path: string): boolean {
  const seconds = secondsSince(path)
  if (seconds === null || seconds > PATIENCE) return true
  const owner = ownerOf(path)
  return owner === null || (owner.host === me.host && !isThere(owner.pid))
}

function ownerOf(path: string): typeof me | null {
  try {
    return readRecord<typeof me>(path)
  } catch (error) {
    if (error instanceof Damaged) return null
    throw error
  }
}

/** Does what takes no time while nobody else does the same. */
export function alone<Found>(path: string, work: () => Found): Found {
  const mine = recordOf({ ...me, turn: ownName('') })
  while (!writeFirst(path, mine, false)) {
    if (isAbandoned(path)) moveAway(path, isAbandoned)
    else sleep(WAIT_MS)
  }
  try {
    return work()
  } finally {
    // Who was thought to be gone has lost it to another.
    if (textOf(path) === mine) remove(path)
  }
}
