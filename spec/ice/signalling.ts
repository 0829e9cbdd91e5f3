import { type Address, type Event, type Role, type Step, send, stay } from '../index.ts'
import type { IceMessage } from './messages.ts'

/** A stationary signalling server: passes offers and answers on to where the other agent has last connected from. */
export interface Signalling {
  readonly at: Readonly<Record<string, { readonly address: Address; readonly number: number }>>
}

export function signallingServer(at: Signalling['at']): Role<Signalling, IceMessage> {
  return {
    start: { at },
    step: (server, event: Event<IceMessage>): Step<Signalling, IceMessage> => {
      switch (event.kind) {
        case 'reconnect': {
          const { from, address, number, source } = event
          const known = server.at[from]
          const next =
            known !== undefined && number < known.number ? server.at : { ...server.at, [from]: { address, number } }
          return [{ at: next }, [send<IceMessage>({ kind: 'connected', number }, source)]]
        }
        case 'offer':
        case 'answer':
        case 'rejection (glare)': {
          const { source: _, destination: __, hops: ___, ...message } = event
          const others = Object.keys(server.at).filter((name) => name !== message.from)
          return [server, others.map((name) => send<IceMessage>(message, server.at[name]!.address))]
        }
        case 'attached':
          return stay(server)
        default:
          throw new Error(`a signalling server has no use for ${event.kind}`)
      }
    },
  }
}
