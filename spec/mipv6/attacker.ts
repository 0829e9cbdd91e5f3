import { type Address, type Event, type Packet, packet, type Role, type Step, send, stay, tunnel } from '../index.ts'
import type { Option } from '../option.ts'
import type { CareOfToken, HomeToken, Mipv6Message } from './messages.ts'

/**
 * An attacker that wants what a correspondent sends to a mobile node (RFC 6275 §15.4; 004 §II, footnote 1). It sends tests in the mobile node's name,
 * listens where it sits, and sends a Binding Update for its own address once it has both tokens. Tokens are terms: it cannot make one.
 * What runs between a mobile node and its home agent is protected by IPsec (§5.2.5), so that it cannot read tunnels.
 */
export interface Attacker {
  readonly homeToken: HomeToken | null
  readonly coToken: CareOfToken | null
  /** What it has done already: once each is enough. */
  readonly done: readonly Action[]
}

type Action = 'forged HoTI' | 'own CoTI' | 'forged BU'

export interface AttackerSettings {
  readonly here: Address
  readonly victimHome: Address
  readonly correspondentHome: Address
  /** The victim's home agent, where it sits behind an ingress filter and has that send what it forges (RFC 6275 §10.4.5); null without one. */
  readonly filtered: Address | null
}

/** A number that is newer than any that the mobile node uses. */
const SEQUENCE = 100

export function attacker(settings: AttackerSettings): Role<Attacker, Mipv6Message, Action> {
  const { here, victimHome, correspondentHome, filtered } = settings
  const forged = (message: Mipv6Message) =>
    filtered === null
      ? send<Mipv6Message>(message, correspondentHome, victimHome)
      : tunnel(packet(message, victimHome, correspondentHome), filtered)
  const did = (me: Attacker, action: Action): Attacker => ({ ...me, done: [...me.done, action] })
  return {
    start: { homeToken: null, coToken: null, done: [] },
    step: (me, event: Event<Mipv6Message, Action>): Step<Attacker, Mipv6Message> => {
      switch (event.kind) {
        case 'CoT':
          return stay({ ...me, coToken: event.token })
        case 'forged HoTI':
          return [did(me, event.kind), [forged({ kind: 'HoTI', cookie: 0 })]]
        case 'own CoTI':
          return [did(me, event.kind), [send<Mipv6Message>({ kind: 'CoTI', cookie: 0 }, correspondentHome)]]
        case 'forged BU': {
          const { homeToken, coToken } = me
          const update: Mipv6Message = {
            kind: 'BU',
            home: victimHome,
            seq: SEQUENCE,
            coa: here,
            homeToken: homeToken!,
            coToken: coToken!,
          }
          return [did(me, event.kind), [send(update, correspondentHome)]]
        }
        default:
          return stay(me)
      }
    },
    overhears: (me, { message }: Packet) => {
      const heard = message as Mipv6Message
      return heard.kind === 'HoT' && heard.token.home === victimHome && me.homeToken === null
        ? { ...me, homeToken: heard.token }
        : me
    },
    timers: {
      'forged HoTI': { milliseconds: 1, source: 'the attacker chooses' },
      'own CoTI': { milliseconds: 1, source: 'the attacker chooses' },
      'forged BU': { milliseconds: 1, source: 'the attacker chooses' },
    },
    armed: (me) =>
      (['forged HoTI', 'own CoTI', 'forged BU'] as const).filter((action) => {
        if (me.done.includes(action)) return false
        return action !== 'forged BU' || (me.homeToken !== null && me.coToken !== null)
      }),
  }
}

/** Where it listens: networks to and from which it hears what passes. */
export const POSITIONS = {
  'off path': [],
  'home path': ['home-a'],
  'care-of path': ['west-1', 'west-2'],
  'near correspondent': ['home-b'],
} as const
export type Position = keyof typeof POSITIONS

/** The option 'attacker': there is none. */
export const NOBODY = 'nobody'

/** An attacker acts when it chooses to. */
const AT_WILL = { 'forged HoTI': 'at will', 'own CoTI': 'at will', 'forged BU': 'at will' } as const

export const attackerOption: Option = {
  means: 'who wants what is sent to a mobile node is',
  default: NOBODY,
  values: [
    { value: 'near correspondent', means: 'an attacker near the correspondent', timers: AT_WILL },
    { value: 'home path', means: 'an attacker on the home path', timers: AT_WILL },
    { value: 'care-of path', means: 'an attacker on the care-of path', timers: AT_WILL },
    { value: 'off path', means: 'an attacker off the path', timers: AT_WILL },
    { value: NOBODY, means: 'that node alone' },
  ],
}
