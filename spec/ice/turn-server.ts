import {
  type Address,
  type Event,
  forward,
  type Network,
  networkOf,
  packetOf,
  type Role,
  type Step,
  send,
  stay,
  tunnel,
} from '../index.ts'
import type { RelayedMessage } from './messages.ts'

/** An allocation: the client's end of its five-tuple, and the peers' IP addresses that it lets through. */
export interface Allocation {
  readonly client: Address
  /** Of the request that put it there. */
  readonly number: number
  readonly permissions: readonly Network[]
}

/** The TURN server of one end, stationary: its allocations by the number in their relayed address. */
export type TurnServer = Readonly<Record<number, Allocation>>

export interface TurnServerSettings {
  readonly end: string
  readonly start: Allocation
}

const RELAYED = /^turn-(\w+)\/relay-(\d+)$/

export const turnServerOf = (end: string): Address => `turn-${end}/server`
export const relayedAddress = (end: string, number: number): Address => `turn-${end}/relay-${number}`

/** Whose relayed address that is, and of which allocation; null of any other address. */
export function relayOf(address: Address): { readonly end: string; readonly number: number } | null {
  const [, end, number] = RELAYED.exec(address) ?? []
  return end === undefined ? null : { end, number: Number(number) }
}

/**
 * Relays for one client (RFC 8656). An allocation belongs to a five-tuple: requests and data of its client from another address are not
 * its own (§5), unless a Refresh with a MOBILITY-TICKET moves it there (RFC 8016 §3.2). What comes from, or is to go to, an IP address without
 * a permission is dropped (§9).
 *
 * Left out: lifetimes, which clients renew in time (of an allocation 10 minutes, of a permission 5), channels, credentials.
 */
export function turnServer({ end, start }: TurnServerSettings): Role<TurnServer, RelayedMessage> {
  const me = turnServerOf(end)
  const own = (server: TurnServer, client: Address): number[] =>
    Object.keys(server)
      .map(Number)
      .filter((number) => server[number]!.client === client)

  return {
    start: { 0: start },
    step: (server, event: Event<RelayedMessage>): Step<TurnServer, RelayedMessage> => {
      if (event.kind === 'attached') return stay(server)
      if (event.destination !== me) {
        const allocation = server[relayOf(event.destination)!.number]
        const lets = allocation?.permissions.includes(networkOf(event.source)) === true
        return lets ? [server, [tunnel(packetOf(event), allocation.client)]] : stay(server)
      }
      const { source } = event
      switch (event.kind) {
        case 'Allocate': {
          const { number } = event
          const next = server[number] === undefined ? { client: source, number, permissions: [] } : server[number]
          return [{ ...server, [number]: next }, [send<RelayedMessage>({ kind: 'Allocate success', number }, source)]]
        }
        case 'Refresh (MOBILITY-TICKET)': {
          const { number } = event
          const allocation = server[0]!
          const next = number < allocation.number ? allocation : { ...allocation, client: source, number }
          return [{ ...server, 0: next }, [send<RelayedMessage>({ kind: 'Refresh success', number }, source)]]
        }
        case 'CreatePermission': {
          const { ip } = event
          const newest = own(server, source).pop()
          if (newest === undefined) return stay(server)
          const { permissions } = server[newest]!
          const next = {
            ...server[newest]!,
            permissions: permissions.includes(ip) ? permissions : [...permissions, ip],
          }
          return [
            { ...server, [newest]: next },
            [send<RelayedMessage>({ kind: 'CreatePermission success', ip }, source)],
          ]
        }
        case 'tunnel': {
          const { inner } = event
          const allocation = server[relayOf(inner.source)!.number]
          const lets = allocation?.client === source && allocation.permissions.includes(networkOf(inner.destination))
          return lets ? [server, [forward(inner)]] : stay(server)
        }
        default:
          throw new Error(`a TURN server has no use for a ${event.kind}`)
      }
    },
  }
}
