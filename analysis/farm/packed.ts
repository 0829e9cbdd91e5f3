import { gunzipSync, gzipSync } from 'node:zlib'
import { doneIn, lineOf } from '../plan/lines.ts'
import type { Done } from '../plan/plan.ts'

/** Runs repeat themselves: a tenth of their length is left. */
export const packed = (done: Done): string => gzipSync(lineOf(done)).toString('base64')

/** @throws Error where it is none */
export function unpacked(text: unknown): Done {
  const done =
    typeof text === 'string' ? doneIn(gunzipSync(Buffer.from(text, 'base64')).toString(), 'the server') : null
  if (done === null) throw new Error('what came from the server is no result of a search')
  return done
}
