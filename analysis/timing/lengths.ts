import { eachTime } from '../../checker/timed/back-off.ts'
import type { Timer } from '../../spec/internet/role.ts'

/** How long a timer takes, in milliseconds; null where its standard sets no end that is held against a log. */
export interface Length {
  readonly earliest: number
  readonly latest: number | null
}

/** What is sent again and again may be missing twice in a row (1 + 2 + 4 times as long, and a little): late is not never. */
const LATE = 8

/** How long a timer takes the first time, and each time that it starts again because it has fired; the last stands for all that come after it. */
export function lengthsOf({ milliseconds, earliest = milliseconds, latest, backsOff }: Timer): readonly Length[] {
  const first = { id: '', earliest, latest: latest ?? null }
  if (backsOff === undefined) return [first]
  return eachTime({ ...first, backsOff }).map((one) => ({
    earliest: one.earliest,
    latest: one.latest === null ? null : LATE * one.latest,
  }))
}
