import { ENDS, type End, other } from '../spec/roaming.ts'
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
  let refusedAt = Number.POSITIVE_INFINITY
  const asked = new Set<unknown>()
  /** Its requests that have had an answer, and its answers that were acknowledged. */
  const over = new Set<string>()
  for (const line of seen) {
    const { kind, source = '', destination = '', fields } = line
    if (destination.startsWith(`${end}@`) && REFUSALS.includes(kind)) {
      isRefused = true
      refusedAt = line.time
    }
    if (line.time > refusedAt + LONGEST_BACK_OFF) done.add('leaves it at that')
    // What a server gets it sends on at once.
    if (destination.startsWith(`${end}@`) || (destination === 'server' && source.startsWith(`${other(end)}@`)))
      for (const one of endedBy(line)) over.add(one)
    if (!source.startsWith(`${end}@`)) continue
    // What was to tell it so never came: its host was elsewhere already.
    if (over.has(transactionOf(line))) done.add('notices')
    // Its own BYE may never have come to the wire: then only its answers tell that the dialog is over.
    if (kind === 'BYE' || kind.startsWith('481')) done.add('hangs up')
    if (kind === 'CANCEL') done.add('cancels').add('gives up').add('hangs up')
    if (kind === '100 Trying') done.add('lets its user decide').add('accepts')
    if (kind === 'REGISTER') told = source
    if (kind === 'INVITE' && !asked.has(fields.cseq)) {
      // Neither a move nor another try.
      if (fields.contact === invited && !isRefused) done.add('re-INVITEs')
      asked.add(fields.cseq)
      invited = String(fields.contact)
      told = invited
      isRefused = false
      refusedAt = Number.POSITIVE_INFINITY
    }
    // It sends from where it has not said that it is.
    if (source !== from && source !== told) done.add('notices').add('is anywhere')
    from = source
  }
  return done
}

const transactionOf = ({ kind, fields }: Seen): string => `${kind} ${fields.cseq ?? ''}`

/** Which of the receiver's messages need not be sent again after a line. */
function endedBy({ kind, fields }: Seen): string[] {
  const cseq = fields.cseq ?? ''
  if (kind === 'ACK') return [`200 OK ${cseq}`]
  if (kind.endsWith('(BYE)')) return ['BYE ']
  if (kind.endsWith('(CANCEL)')) return [`CANCEL ${cseq}`]
  return ANSWERS_TO_INVITE.test(kind) ? [`INVITE ${cseq}`] : []
}

const ANSWERS_TO_INVITE = /^[2-6]\d\d [^(]*$/

/** Seconds (§14.1). */
const LONGEST_BACK_OFF = 4

/** After these an INVITE is tried again. */
const REFUSALS = ['491 Request Pending', '500 Server Internal Error']
