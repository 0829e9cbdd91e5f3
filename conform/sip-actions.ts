import { ENDS, type End } from '../spec/roaming.ts'
import type { ActionName } from '../spec/sip/user-agent-state.ts'
import type { Seen } from './observation.ts'

/** What users may have done, as the model's option has it: what the log gives no reason to think of need not be looked at. */
export const actionsIn = (seen: readonly Seen[]): string =>
  ENDS.flatMap((end) => [...actionsOf(end, seen)].map((action) => `${end} ${action}`)).join(', ')

function actionsOf(end: End, seen: readonly Seen[]): Set<ActionName> {
  const done = new Set<ActionName>(['registers again'])
  let from = `${end}@0`
  /** What its last REGISTER or INVITE has said, and its last INVITE. */
  let [told, invited] = [from, from]
  let isRefused = false
  const asked = new Set<unknown>()
  for (const { kind, source = '', destination, fields } of seen) {
    if (destination.startsWith(`${end}@`) && REFUSALS.includes(kind)) isRefused = true
    if (!source.startsWith(`${end}@`)) continue
    if (kind === 'BYE') done.add('hangs up')
    if (kind === 'REGISTER') told = source
    if (kind === 'INVITE' && !asked.has(fields.cseq)) {
      // Neither a move nor another try.
      if (fields.contact === invited && !isRefused) done.add('re-INVITEs')
      asked.add(fields.cseq)
      invited = String(fields.contact)
      told = invited
      isRefused = false
    }
    // It sends from where it has not said that it is.
    if (source !== from && source !== told) done.add('notices')
    from = source
  }
  return done
}

/** After these an INVITE is tried again. */
const REFUSALS = ['491 Request Pending', '500 Server Internal Error']
