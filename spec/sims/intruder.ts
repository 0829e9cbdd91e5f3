import { type Event, type Role, type Step, send, stay } from '../index.ts'
import { agentAt } from './host.ts'
import type { Credential, SimsMessage } from './messages.ts'

/** An intruder that wants the sessions of an address relayed to itself. */
export interface Intruder {
  readonly tries: number
}

/** What it knows: nothing, or, as an agent that the host has visited, the credential that it was shown there. */
export type Knowledge = 'nothing' | 'the credential shown to a visited agent'

export function intruder(
  victim: string,
  here: string,
  knows: Knowledge,
): Role<Intruder, SimsMessage, 'forged request'> {
  const credential: Credential = {
    of: knows === 'nothing' ? 'nobody/nobody' : victim,
    for: null,
  }
  return {
    start: { tries: 1 },
    step: (me, event: Event<SimsMessage, 'forged request'>): Step<Intruder, SimsMessage> =>
      event.kind === 'forged request'
        ? [
            { tries: me.tries - 1 },
            [
              send<SimsMessage>(
                { kind: 'RelayRequest', address: victim, credential, relay: here, number: 9 },
                agentAt(victim),
              ),
            ],
          ]
        : stay(me),
    timers: { 'forged request': { milliseconds: 1, source: 'the intruder chooses' } },
    armed: (me) => (me.tries > 0 ? ['forged request'] : []),
  }
}
