import { produce } from 'immer'
import { type Address, type Step, send, stay } from '../index.ts'
import type { SipMessage } from './messages.ts'
import type { Server, UserAgent, UserAgentSettings } from './user-agent-state.ts'

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

export const over = (ua: UserAgent, why: string): UserAgent =>
  produce(ua, (me) => {
    me.ended = why
    me.client = null
    me.server = null
    me.earlier = []
    me.backingOff = false
  })

/** How a user agent tells a copy of a BYE that it has answered: not at all, by its being one, or by where it comes from as well. */
type CopiesOfBye = 'alike' | 'remembered' | 'remembered by source'

export function copiesOfByeTo({ does, renewsVias }: UserAgentSettings): CopiesOfBye {
  if (does === undefined) return 'alike'
  return renewsVias === true ? 'remembered by source' : 'remembered'
}

/** §15.1.2  A BYE is answered, also one that is sent again: then where the first one was (§17.2.2), wherever it comes from. */
export function onBye(
  ua: UserAgent,
  { source, via }: { source: Address; via?: Address },
  copies: CopiesOfBye,
): Step<UserAgent, SipMessage> {
  const origin = via ?? source
  const first = copies === 'alike' ? origin : (ua.answeredBye ?? origin)
  const isAnother = copies === 'remembered by source' && origin !== first
  const known = ua.ended === null || (ua.ended === RECEIVED_BYE && !isAnother)
  const kind = known ? '200 OK (BYE)' : '481 Call/Transaction Does Not Exist (BYE)'
  return [
    {
      ...(ua.ended === null ? over(ua, RECEIVED_BYE) : ua),
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
