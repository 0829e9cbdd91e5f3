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
/** A turn takes no time: what is as old as this was put back after its end, or belongs to one who was stopped in it. */
const TURN = 10
const WAIT_MS = 1

/** Whether whoever made this file is gone, or has taken it away. What cannot be read was not finished: power has failed. */
export const isAbandoned = (path: string): boolean => secondsSince(path) === null || isLeft(path, PATIENCE)

/** Whether a file is there, and whoever made it is gone. */
function isLeft(path: string, patience: number): boolean {
  const seconds = secondsSince(path)
  if (seconds === null) return false
  if (seconds > patience) return true
  try {
    const owner = readRecord<typeof me>(path)
    return owner !== null && owner.host === me.host && !isThere(owner.pid)
  } catch (error) {
    if (error instanceof Damaged) return true
    throw error
  }
}

/** Does what takes no time while nobody else does the same. */
export function alone<Found>(path: string, work: () => Found): Found {
  const mine = recordOf({ ...me, turn: ownName('') })
  const isNobodys = (one: string): boolean => isLeft(one, TURN)
  while (!writeFirst(path, mine, false)) {
    if (isNobodys(path)) moveAway(path, isNobodys)
    else sleep(WAIT_MS)
  }
  try {
    return work()
  } finally {
    // Who was thought to be gone has lost it to another.
    if (textOf(path) === mine) remove(path)
  }
}
