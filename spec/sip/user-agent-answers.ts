import { produce } from 'immer'
import { type Address, isNewer, type Step, send, stay } from '../index.ts'
import type { SipMessage } from './messages.ts'
import type { Server, UserAgent, UserAgentSettings } from './user-agent-state.ts'
import { isUnacknowledged2xx } from './user-agent-timers.ts'

/** How a user agent answers, and what it makes of answers that end something. */

/** Of a re-INVITE. */
export const answer = (server: Server) =>
  send<SipMessage>(
    server.response === '200 OK'
      ? {
          kind: '200 OK',
          cseq: server.cseq,
          contact: server.contact,
          ...(server.via === null ? {} : { via: server.via }),
        }
      : { kind: server.response, cseq: server.cseq },
    server.to,
  )

const RECEIVED_BYE = 'received BYE'

type Invite = Extract<SipMessage, { kind: 'INVITE' }> & { source: Address }

/** §14.2, §12.2.2  A re-INVITE of the peer's. */
export function onInvite(ua: UserAgent, request: Invite, settings: UserAgentSettings): Step<UserAgent, SipMessage> {
  if (ua.ended !== null) {
    return [ua, [send<SipMessage>({ kind: '481 Call/Transaction Does Not Exist', cseq: request.cseq }, request.source)]]
  }
  // A retransmission gets the same answer, where the first one went.
  const known = [...ua.earlier, ...(ua.server === null ? [] : [ua.server])].find(({ cseq }) => cseq === request.cseq)
  if (known !== undefined) return [ua, [answer(known)]]
  if (request.cseq === ua.remoteCseq) return stay(ua)
  // §12.2.2  A lower CSeq is out of order.
  if (!isNewer(request.cseq, ua.remoteCseq, settings.cseqModulus)) {
    return [ua, [send<SipMessage>({ kind: '500 Server Internal Error', cseq: request.cseq }, request.source)]]
  }
  // §14.2  While an INVITE of mine is under way, another is glare.
  const glare = ua.client !== null
  const server: Server = {
    cseq: request.cseq,
    to: request.source,
    via: request.via ?? null,
    response: glare ? '491 Request Pending' : ua.asksUser === true ? '100 Trying' : '200 OK',
    contact: ua.here,
    acknowledged: false,
    retransmissions: settings.retransmissions === 'unlimited' ? 1 : settings.retransmissions,
  }
  const next = produce(ua, (me) => {
    me.remoteCseq = request.cseq
    // §13.3.1.4  A newer INVITE, accepted or not, is no ACK of the 2xx before it.
    if (ua.server !== null && isUnacknowledged2xx(ua.server)) me.earlier.push(ua.server)
    me.server = server
    delete me.asksUser
    if (glare) return
    if (ua.asksUser === true) {
      me.proposed = request.contact
      return
    }
    // §12.2.2  Accepting a target refresh moves the remote target.
    me.remoteTarget = request.contact
    me.glares = 0
  })
  return [next, [answer(server)]]
}

/** A re-INVITE that has had a provisional response goes on as a transaction, where users act. */
export const over = (ua: UserAgent, why: string, { does }: Pick<UserAgentSettings, 'does'>): UserAgent =>
  produce(ua, (me) => {
    me.ended = why
    if (does !== undefined && ua.client?.state === 'proceeding') me.left = { target: ua.client.target, isOver: false }
    me.client = null
    me.server = null
    me.earlier = []
    me.backingOff = false
  })

/** How a user agent tells a copy of a BYE that it has answered: not at all, by its being one, or by where it comes from as well. */
type CopiesOfBye = 'alike' | 'remembered' | 'remembered by source'

function copiesOfByeTo({ does, renewsVias }: UserAgentSettings): CopiesOfBye {
  if (does === undefined) return 'alike'
  return renewsVias === true ? 'remembered by source' : 'remembered'
}

/** §15.1.2  A BYE is answered, also one that is sent again: then where the first one was (§17.2.2), wherever it comes from. */
export function onBye(
  ua: UserAgent,
  { source, via }: { source: Address; via?: Address },
  settings: UserAgentSettings,
): Step<UserAgent, SipMessage> {
  const copies = copiesOfByeTo(settings)
  const origin = via ?? source
  const first = copies === 'alike' ? origin : (ua.answeredBye ?? origin)
  const isAnother = copies === 'remembered by source' && origin !== first
  // Its user has hung up, and its own BYE is not sent yet.
  const isLeaving = ua.cancelled?.thenBye === true
  const known = ua.ended === null || isLeaving || (ua.ended === RECEIVED_BYE && !isAnother)
  const kind = known ? '200 OK (BYE)' : '481 Call/Transaction Does Not Exist (BYE)'
  return [
    {
      ...(ua.ended === null ? over(ua, RECEIVED_BYE, settings) : isLeaving ? staysAway(ua) : ua),
      ...(copies === 'alike' ? {} : { answeredBye: first }),
    },
    [
      send<SipMessage>(
        { kind, ...(via === undefined ? {} : { via }) },
        via === undefined && !isAnother ? first : source,
      ),
    ],
  ]
}

/** Nobody is left to send a BYE to. */
const staysAway = (ua: UserAgent): UserAgent => ({
  ...ua,
  ended: RECEIVED_BYE,
  cancelled: { ...ua.cancelled!, thenBye: false },
})

/** §10.2.4, §10.2.7  Its registrar has answered: either way the REGISTER is not sent again. */
export function onRegistered(
  ua: UserAgent,
  { kind, cseq }: { kind: '200 OK (REGISTER)' | 'refusal (REGISTER)'; cseq: number },
): Step<UserAgent, SipMessage> {
  if (cseq !== ua.registrations) return stay(ua)
  const { refused: _, ...answered } = { ...ua, registered: true }
  return stay(kind === 'refusal (REGISTER)' ? { ...answered, refused: true } : answered)
}

/** In a dialog that lives: only a variant that sends it to the wrong place, or a dialog that has ended, has such a thing. */
export function noUseFor(kind: string): never {
  throw new Error(
    kind === 'REGISTER' || kind === 'Forward'
      ? `a user agent has no use for ${kind}: the variant sends it to the wrong place`
      : `${kind} is of a dialog that has ended, and this one lives`,
  )
}
