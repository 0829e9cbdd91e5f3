import type { Options } from '../option.ts'
import { retransmissions } from '../roaming.ts'

/** RFC 3261 §17.1.1.2: before Timer B fires, Timer A has sent an INVITE again six times. */
export const MOST_RETRANSMISSIONS = 6

export const options: Options = {
  retransmissions: retransmissions(MOST_RETRANSMISSIONS),
  'retries after 491': {
    means: 'a re-INVITE that was answered 491 is tried again',
    default: 2,
    values: [
      { value: 2, means: 'twice' },
      { value: 'unlimited', means: 'without end (CSeq wraps round at 8)' },
    ],
  },
}
