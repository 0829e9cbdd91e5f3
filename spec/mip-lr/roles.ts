import { match, P } from 'ts-pattern'
import { type Address, type Event, type Message, type Role, type Step, send, stay, type Timer } from '../index.ts'

/** MIP-LR messages (000 §II, §IV.D, Figs 1b, 3, 8). The paper numbers none of them; see `numbered`. */
export type MipLrMessage =
  /** From a mobile host to its HLR (with the hosts to be told, in the HLR-initiated variants) and to its correspondents. */
  | { readonly kind: 'Update'; readonly host: string; readonly coa: Address; readonly number: number }
  /** From one HLR to another: where is your host? */
  | { readonly kind: 'Query' }
  | { readonly kind: 'Answer'; readonly coa: Address }
  /** From a HLR to a correspondent of its host: the stationary binding update proxy at work. */
  | { readonly kind: 'HLR Update'; readonly host: string; readonly coa: Address; readonly number: number }
  /** From a HLR to its replica, which answers queries in its place (000 §II). */
  | { readonly kind: 'Copy'; readonly coa: Address; readonly number: number }
  /** User data: what the data probe sends. */
  | { readonly kind: 'data' }

export function describeMipLr(message: Message): { name: string; detail: string } {
  return { name: message.kind, detail: 'coa' in message ? String(message.coa) : '' }
}

/** A mobile host, which keeps the location of its correspondent itself. Left out: how it first asks for it (§II). */
export interface Host {
  readonly here: Address
  readonly number: number
  readonly peerAt: Address
  readonly peerNumber: number
}

export interface HostSettings {
  readonly name: string
  readonly start: Address
  readonly peerAt: Address
  readonly register: Address
  /** Whether updates carry a number, so that an older one is known as such. */
  readonly numbered: boolean
}

export function host(settings: HostSettings): Role<Host, MipLrMessage> {
  const learn = (me: Host, { coa, number }: { coa: Address; number: number }): Step<Host, MipLrMessage> =>
    stay(settings.numbered && number < me.peerNumber ? me : { ...me, peerAt: coa, peerNumber: number })
  return {
    start: { here: settings.start, number: 0, peerAt: settings.peerAt, peerNumber: 0 },
    step: (me, event: Event<MipLrMessage>) =>
      match(event)
        .returnType<Step<Host, MipLrMessage>>()
        .with({ kind: 'attached' }, ({ address }) => {
          // Without numbers all updates look alike, but for what they say.
          const number = settings.numbered ? me.number + 1 : 0
          const update: MipLrMessage = { kind: 'Update', host: settings.name, coa: address, number }
          return [{ ...me, here: address, number }, [send(update, settings.register), send(update, me.peerAt)]]
        })
        .with({ kind: P.union('Update', 'HLR Update') }, (update) => learn(me, update))
        .with({ kind: 'data' }, () => stay(me))
        .with({ kind: P.union('Query', 'Answer', 'Copy') }, ({ kind }) => {
          throw new Error(`a host has no use for a ${kind}`)
        })
        .exhaustive(),
    sendData: (me) => [send<MipLrMessage>({ kind: 'data' }, me.peerAt)],
  }
}

/** A Home Location Register: stationary, knows where its host is; in the repaired variants it tells its correspondents as well. */
export interface Register {
  readonly location: Address
  readonly number: number
  /** Registers that asked not long ago (revised answers only). */
  readonly askers: readonly Address[]
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
}

export function register(settings: RegisterSettings): Role<Register, MipLrMessage, 'revision window'> {
  const onUpdate = (hlr: Register, { coa, number }: { coa: Address; number: number }): Step<Register, MipLrMessage> => {
    if (settings.numbered && number < hlr.number) return stay(hlr)
    const query = settings.initiates ? [send<MipLrMessage>({ kind: 'Query' }, settings.peers)] : []
    const revised = hlr.askers.map((asker) => send<MipLrMessage>({ kind: 'Answer', coa }, asker))
    const copy = settings.replica === null ? [] : [send<MipLrMessage>({ kind: 'Copy', coa, number }, settings.replica)]
    return [{ ...hlr, location: coa, number }, [...query, ...revised, ...copy]]
  }
  return {
    start: { location: settings.start, number: 0, askers: [] },
    step: (hlr, event: Event<MipLrMessage, 'revision window'>) =>
      match(event)
        .returnType<Step<Register, MipLrMessage>>()
        .with({ kind: P.union('Update', 'Copy') }, (update) => onUpdate(hlr, update))
        .with({ kind: 'Query' }, ({ source }) => [
          settings.revises ? { ...hlr, askers: [...new Set([...hlr.askers, source])] } : hlr,
          [send<MipLrMessage>({ kind: 'Answer', coa: hlr.location }, source)],
        ])
        .with({ kind: 'Answer' }, ({ coa }) => [
          hlr,
          [send<MipLrMessage>({ kind: 'HLR Update', host: settings.user, coa: hlr.location, number: hlr.number }, coa)],
        ])
        .with({ kind: 'revision window' }, () => stay({ ...hlr, askers: [] }))
        .with({ kind: P.union('attached', 'HLR Update', 'data') }, ({ kind }) => {
          throw new Error(`a register has no use for ${kind}`)
        })
        .exhaustive(),
    timers: { 'revision window': revisionWindow },
    armed: (hlr) => (hlr.askers.length > 0 ? ['revision window'] : []),
  }
}
