import { type Internet, internetOn } from '../../../spec/internet/compose.ts'
import { Layout } from '../../../spec/internet/layout.ts'
import type { Message, Packet } from '../../../spec/internet/packet.ts'
import type { Event } from '../../../spec/internet/role.ts'
import type { Placed } from '../../../spec/internet/topology.ts'
import { inWords } from '../../../spec/internet/unusable.ts'
import type { Calls } from './calls.ts'

/** The same internet, whose nodes have each call of their roles noted. */
export function recorded({ layout }: Internet, calls: Calls): Internet {
  const { topology, scenario } = layout
  const nodes = topology.nodes.map((n) => ({ ...n, role: recordedRole(n, calls) }))
  const describe = (message: Message) =>
    calls.made("'describe'", `the message ${inWords(message)}`, () => layout.describe(message))
  return internetOn(new Layout({ ...topology, nodes }, scenario, describe))
}

type Role = Placed['role']

const stateAndEffects = (result: unknown): unknown =>
  Array.isArray(result) && result.length === 2 ? { 'its state': result[0], 'its effects': result[1] } : result

function recordedRole({ name, role }: Placed, calls: Calls): Role {
  const of = (what: string): string => `${what} of node '${name}'`
  const inState = (state: unknown): string => `state ${inWords(state)}`
  const made = <T>(what: string, given: string, call: () => T): T => calls.made(of(what), given, call)
  return {
    ...role,
    step: (state: unknown, event: Event<Message, string>) =>
      // The event is given anew each time: it is the role's own.
      calls.made(of('the step'), `event ${inWords(event)} in ${inState(state)}`, () => role.step(state, { ...event }), {
        parts: stateAndEffects,
      }),
    ...(role.armed && { armed: (state: unknown) => made("'armed'", inState(state), () => role.armed!(state)) }),
    ...(role.pending && { pending: (state: unknown) => made("'pending'", inState(state), () => role.pending!(state)) }),
    ...(role.restart && { restart: (state: unknown) => made("'restart'", inState(state), () => role.restart!(state)) }),
    ...(role.accepts && {
      accepts: (state: unknown, address: string) =>
        made("'accepts'", `${address} in ${inState(state)}`, () => role.accepts!(state, address)),
    }),
    ...(role.intercepts && {
      intercepts: (state: unknown, address: string, packet: Packet) =>
        made("'intercepts'", `${inWords(packet)} in ${inState(state)}`, () => role.intercepts!(state, address, packet)),
    }),
    ...(role.overhears && {
      overhears: (state: unknown, packet: Packet) =>
        made("'overhears'", `${inWords(packet)} in ${inState(state)}`, () => role.overhears!(state, packet)),
    }),
    ...(role.sendData && {
      sendData: (state: unknown, peer: string) =>
        made("'sendData'", `${peer} in ${inState(state)}`, () => role.sendData!(state, peer)),
    }),
  }
}
