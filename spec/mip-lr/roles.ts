import { match, P } from 'ts-pattern'
import {
  type Address,
  armedFor,
  type Event,
  type Message,
  type Role,
  type Step,
  send,
  stay,
  type Timer,
} from '../index.ts'

/** MIP-LR messages (000 §II, §IV.D, Figs 1b, 3, 8). The paper numbers none of them; see `numbered`. */
export type MipLrMessage =
  /** From a mobile host to its HLR (with the hosts to be told, in the HLR-initiated variants) and to its correspondents. */
  | { readonly kind: 'Update'; readonly host: string; readonly coa: Address; readonly number: number }
  /** From one HLR to another: where is your host? */
  | { readonly kind: 'Query' }
  | { readonly kind: 'Answer'; readonly coa: Address }
  /** From a HLR to a correspondent of its host: the stationary binding update proxy at work. */
  | { readonly kind: 'HLR Update'; readonly host: string; readonly coa: Address; readonly number: number }
  /** For an Update or a HLR Update, in the variants with retransmission. */
  | { readonly kind: 'Update Acknowledge'; readonly number: number }
  /** From a HLR to its replica, which answers queries in its place (000 §II). */
  | { readonly kind: 'Copy'; readonly coa: Address; readonly number: number }
  /** User data: what the data probe sends. */
  | { readonly kind: 'data' }

export function describeMipLr(message: Message): { name: string; detail: string } {
  return { name: message.kind, detail: 'coa' in message ? String(message.coa) : '' }
}

/** The paper has neither acknowledgements nor retransmission: an interval as in Mobile IP. */
const retransmission: Timer = {
  milliseconds: 1000,
  source: 'not in 000; RFC 5944 §3.6.3 for registrations: at least 1 s',
}

/** A mobile host, which keeps the location of its correspondent itself. Left out: how it first asks for it (§II). */
export interface Host {
  readonly here: Address
  readonly number: number
  readonly peerAt: Address
  readonly peerNumber: number
  /** Who has not acknowledged its last Update (with retransmission only). */
  readonly unacknowledged: readonly Addressee[]
}

type Addressee = 'register' | 'peer'

export interface HostSettings {
  readonly name: string
  readonly start: Address
  readonly peerAt: Address
  readonly register: Address
  /** Whom it tells that it has moved. */
  readonly tells: readonly Addressee[]
  /** Whether updates carry a number, so that an older one is known as such. */
  readonly numbered: boolean
  /** Sends its own last Update to where the peer has gone, when it learns of that. */
  readonly resends: boolean
  /** Sends an Update again until it is acknowledged, to where the peer is by then thought to be. */
  readonly retransmits: boolean
}

export function host(settings: HostSettings): Role<Host, MipLrMessage, 'update retransmission'> {
  const addressOf = (me: Host, addressee: Addressee): Address =>
    addressee === 'register' ? settings.register : me.peerAt
  const update = (me: Host, to: readonly Addressee[]) =>
    to.map((addressee) =>
      send<MipLrMessage>(
        { kind: 'Update', host: settings.name, coa: me.here, number: me.number },
        addressOf(me, addressee),
      ),
    )
  type Update = { readonly coa: Address; readonly number: number; readonly source: Address }
  const learn = (me: Host, { coa, number, source }: Update): Step<Host, MipLrMessage> => {
    const acknowledge = settings.retransmits ? [send<MipLrMessage>({ kind: 'Update Acknowledge', number }, source)] : []
    if (settings.numbered && number < me.peerNumber) return [me, acknowledge]
    const next = { ...me, peerAt: coa, peerNumber: number }
    // A newer registration is a move, whatever its address: a peer that has come back may have missed what was sent in between.
    const news = number > me.peerNumber && me.number > 0
    return [next, [...acknowledge, ...(settings.resends && news ? update(next, ['peer']) : [])]]
  }
  return {
    start: { here: settings.start, number: 0, peerAt: settings.peerAt, peerNumber: 0, unacknowledged: [] },
    step: (me, event: Event<MipLrMessage, 'update retransmission'>) =>
      match(event)
        .returnType<Step<Host, MipLrMessage>>()
        .with({ kind: 'attached' }, ({ address }) => {
          // Without numbers all updates look alike, but for what they say.
          const number = settings.numbered ? me.number + 1 : 0
          const { tells, retransmits } = settings
          const next = { ...me, here: address, number, unacknowledged: retransmits ? tells : [] }
          return [next, update(next, tells)]
        })
        .with({ kind: P.union('Update', 'HLR Update') }, (arrived) => learn(me, arrived))
        .with({ kind: 'Update Acknowledge' }, ({ number, source }) => {
          if (number !== me.number) return stay(me)
          const by: Addressee = source === settings.register ? 'register' : 'peer'
          return stay({ ...me, unacknowledged: me.unacknowledged.filter((addressee) => addressee !== by) })
        })
        .with({ kind: 'update retransmission' }, () => [me, update(me, me.unacknowledged)])
        .with({ kind: 'data' }, () => stay(me))
        .with({ kind: P.union('Query', 'Answer', 'Copy') }, ({ kind }) => {
          throw new Error(`a host has no use for a ${kind}`)
        })
        .exhaustive(),
    timers: { 'update retransmission': retransmission },
    armed: (me) => (me.unacknowledged.length > 0 ? armedFor(me.number, ['update retransmission']) : []),
    pending: (me) => (me.unacknowledged.length > 0 ? 'waits for an Update Acknowledge' : null),
    sendData: (me) => [send<MipLrMessage>({ kind: 'data' }, me.peerAt)],
  }
}

/** A Home Location Register: stationary, knows where its host is; in the repaired variants it tells its correspondents as well. */
export interface Register {
  /** Null after a crash without stable storage, until its host registers again. */
  readonly location: Address | null
  readonly number: number
  /** Registers that asked not long ago (revised answers only). */
  readonly askers: readonly Address[]
  /** What is still to be done to tell the correspondent (with retransmission only): ask where it is, or tell it there. */
  readonly telling: 'ask' | { readonly at: Address } | null
}

export const revisionWindow: Timer = {
  milliseconds: 1000,
  source: '000 §IV.D: for some period of time, for example 1 s',
}

export interface RegisterSettings {
  readonly user: string
  readonly start: Address
  /** The register of the host's correspondent, or the replica of it that is asked. */
  readonly peers: Address
  /** My replica; null without. */
  readonly replica: Address | null
  /** 000 §IV.D, Fig. 8: asks where the correspondent is and sends it the update. */
  readonly initiates: boolean
  /** 000 §IV.D: tells those who asked not long ago when the answer has changed. */
  readonly revises: boolean
  readonly numbered: boolean
  /** Sends again what is not answered: its query, then its update, to where the answer said. */
  readonly retransmits: boolean
  /** What is left after a crash: the location and its number, or nothing. Who asked and what was under way never is. */
  readonly stableStorage: boolean
}

type RegisterTimer = 'revision window' | 'register retransmission'

export function register(settings: RegisterSettings): Role<Register, MipLrMessage, RegisterTimer> {
  const { retransmits } = settings
  const query = send<MipLrMessage>({ kind: 'Query' }, settings.peers)
  const answer = (coa: Address, to: Address) => send<MipLrMessage>({ kind: 'Answer', coa }, to)
  const tell = ({ location, number }: Register, at: Address) =>
    location === null
      ? []
      : [send<MipLrMessage>({ kind: 'HLR Update', host: settings.user, coa: location, number }, at)]

  type Update = { readonly coa: Address; readonly number: number; readonly source: Address }
  const onUpdate = (hlr: Register, { coa, number, source }: Update): Step<Register, MipLrMessage> => {
    const acknowledge = retransmits ? [send<MipLrMessage>({ kind: 'Update Acknowledge', number }, source)] : []
    const known = hlr.location !== null && (number < hlr.number || (retransmits && number === hlr.number))
    if (settings.numbered && known) return [hlr, acknowledge]
    const { initiates, replica } = settings
    const next: Register = { ...hlr, location: coa, number, telling: initiates && retransmits ? 'ask' : null }
    const revised = hlr.askers.map((asker) => answer(coa, asker))
    const copy = replica === null ? [] : [send<MipLrMessage>({ kind: 'Copy', coa, number }, replica)]
    return [next, [...acknowledge, ...(initiates ? [query] : []), ...revised, ...copy]]
  }

  return {
    start: { location: settings.start, number: 0, askers: [], telling: null },
    step: (hlr, event: Event<MipLrMessage, RegisterTimer>) =>
      match(event)
        .returnType<Step<Register, MipLrMessage>>()
        .with({ kind: P.union('Update', 'Copy') }, (update) => onUpdate(hlr, update))
        .with({ kind: 'Query' }, ({ source }) => [
          settings.revises ? { ...hlr, askers: [...new Set([...hlr.askers, source])] } : hlr,
          hlr.location === null ? [] : [answer(hlr.location, source)],
        ])
        .with({ kind: 'Answer' }, ({ coa }) => [
          retransmits && hlr.location !== null ? { ...hlr, telling: { at: coa } } : hlr,
          tell(hlr, coa),
        ])
        .with({ kind: 'Update Acknowledge' }, ({ number }) =>
          stay(number === hlr.number ? { ...hlr, telling: null } : hlr),
        )
        .with({ kind: 'revision window' }, () => stay({ ...hlr, askers: [] }))
        .with({ kind: 'register retransmission' }, () => [
          hlr,
          hlr.telling === null || hlr.telling === 'ask' ? [query] : tell(hlr, hlr.telling.at),
        ])
        .with({ kind: P.union('attached', 'HLR Update', 'data') }, ({ kind }) => {
          throw new Error(`a register has no use for ${kind}`)
        })
        .exhaustive(),
    timers: { 'revision window': revisionWindow, 'register retransmission': retransmission },
    armed: (hlr) => [
      ...(hlr.askers.length > 0 ? (['revision window'] as const) : []),
      ...(hlr.telling === null ? [] : (['register retransmission'] as const)),
    ],
    restart: ({ location, number }) => ({
      ...(settings.stableStorage ? { location, number } : { location: null, number: 0 }),
      askers: [],
      telling: null,
    }),
  }
}
