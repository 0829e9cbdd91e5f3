import { match, P } from 'ts-pattern'
import { type Address, type Event, packetOf, type Role, type Step, send, stay, tunnel } from '../index.ts'
import { type MipSipMessage, registerRetry } from './messages.ts'

/** A home agent that also registers the user's address of record (001 §3, Fig. 2): it holds the user's SIP credentials. */
export interface HomeAgent {
  readonly careOf: Address
  readonly number: number
  /** CSeq of its last REGISTER. */
  readonly cseq: number
  /** Those that have no answer, oldest first: a newer one does not end the transaction of an older one (RFC 3261 §17.1.2). */
  readonly registering: readonly Registration[]
}

interface Registration {
  readonly contact: Address
  readonly cseq: number
}

export interface HomeAgentSettings {
  readonly home: Address
  readonly start: Address
  readonly registrar: Address
  /** Refuses bindings (001 Fig. 2 does not say what then). */
  readonly refuses: boolean
}

export function homeAgent(settings: HomeAgentSettings): Role<HomeAgent, MipSipMessage, 'REGISTER retry'> {
  const register = (registration: Registration) =>
    send<MipSipMessage>({ kind: 'REGISTER', ...registration }, settings.registrar)
  return {
    start: { careOf: settings.start, number: 0, cseq: 0, registering: [] },
    step: (ha, event: Event<MipSipMessage, 'REGISTER retry'>) =>
      match(event)
        .returnType<Step<HomeAgent, MipSipMessage>>()
        .with({ destination: settings.home }, (intercepted) => [ha, [tunnel(packetOf(intercepted), ha.careOf)]])
        .with({ kind: 'BU' }, ({ careOf, number, source }) => {
          const status = settings.refuses ? 'refused' : 'accepted'
          const answer = send<MipSipMessage>({ kind: 'BAck', number, status }, source)
          if (settings.refuses || number < ha.number) return [ha, [answer]]
          if (number === ha.number) return [ha, [answer]]
          const registration = { contact: careOf, cseq: ha.cseq + 1 }
          const registering = [...ha.registering, registration]
          return [{ careOf, number, cseq: registration.cseq, registering }, [answer, register(registration)]]
        })
        .with({ kind: '200 OK (REGISTER)' }, ({ cseq }) =>
          stay({ ...ha, registering: ha.registering.filter((one) => one.cseq !== cseq) }),
        )
        .with({ kind: 'REGISTER retry' }, () => [ha, ha.registering.map(register)])
        .with({ kind: 'attached' }, () => stay(ha))
        .with(
          { kind: P.union('BAck', 'REGISTER', 're-INVITE', '200 OK', 'tunnel', 'RTP', 'TCP segment') },
          ({ kind }) => {
            throw new Error(`a home agent has no use for a ${kind} that is not for its mobile node`)
          },
        )
        .exhaustive(),
    timers: { 'REGISTER retry': registerRetry },
    armed: (ha) => (ha.registering.length === 0 ? [] : ['REGISTER retry']),
    pending: (ha) => (ha.registering.length === 0 ? null : 'waits for the registrar'),
    intercepts: (_, address) => address === settings.home,
  }
}

export interface Registrar {
  readonly contact: Address
  readonly cseq: number
}

/** A registrar. `numbered`: the home agent keeps one Call-ID, so that CSeq tells an older request (RFC 3261 §10.3 step 7). */
export function registrar(start: Address, numbered: boolean): Role<Registrar, MipSipMessage> {
  return {
    start: { contact: start, cseq: 0 },
    step: (me, event: Event<MipSipMessage>): Step<Registrar, MipSipMessage> => {
      if (event.kind !== 'REGISTER') return stay(me)
      const { contact, cseq, source } = event
      const ok = send<MipSipMessage>({ kind: '200 OK (REGISTER)', cseq }, source)
      return [numbered && cseq < me.cseq ? me : { contact, cseq }, [ok]]
    },
  }
}
