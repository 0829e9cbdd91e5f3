import { type Address, type Event, type Role, type Step, send, stay, type Timer } from './index.ts'

/** What hosts and correspondents say to a name server: dynamic update (RFC 2136) and lookup of one host's address. */
export type NameMessage =
  | { readonly kind: 'DNS update'; readonly address: Address; readonly number: number }
  | { readonly kind: 'DNS update response'; readonly number: number }
  | { readonly kind: 'DNS query' }
  | { readonly kind: 'DNS answer'; readonly address: Address }

export interface NameServer {
  readonly address: Address
  readonly number: number
}

/** The name server of one host: stationary, always reachable. An update that is older than the last one is not taken. */
export function nameServer(start: Address): Role<NameServer, NameMessage> {
  return {
    start: { address: start, number: 0 },
    step: (server, event: Event<NameMessage>): Step<NameServer, NameMessage> => {
      switch (event.kind) {
        case 'DNS update': {
          const response = send<NameMessage>({ kind: 'DNS update response', number: event.number }, event.source)
          const older = event.number < server.number
          return [older ? server : { address: event.address, number: event.number }, [response]]
        }
        case 'DNS query':
          return [server, [send<NameMessage>({ kind: 'DNS answer', address: server.address }, event.source)]]
        case 'attached':
          return stay(server)
        default:
          throw new Error(`a name server has no use for a ${event.kind}`)
      }
    },
  }
}

/** An update is begun before anything else is, so it is due first. */
export const nameUpdateRetry: Timer = { milliseconds: 1000, source: 'RFC 2136 §6: an update is sent again' }
