import { isAddress, networkOf } from './address.ts'
import type { Layout } from './layout.ts'
import { isTunnel, type Message, type Packet } from './packet.ts'
import type { Effect } from './role.ts'
import { inWords, Unusable } from './unusable.ts'

/**
 * What a step gave, if it can be used: a state and a list of effects, each of which this internet can carry.
 *
 * @throws Unusable where it cannot
 */
export function usableStep(layout: Layout, result: unknown): readonly [unknown, readonly Effect<Message>[]] {
  if (result instanceof Promise)
    throw new Unusable(
      'its step gave a promise',
      'The likeliest cause is that it is async.',
      'Make it a plain function: all that it may ask is its state and its event.',
    )
  if (!Array.isArray(result) || result.length !== 2)
    throw new Unusable(
      `its step did not return [state, effects], but ${inWords(result)}`,
      'The likeliest cause is a case that returns the state alone, or nothing.',
      "Return both; 'stay(state)' is [state, []].",
    )
  const [state, effects] = result
  if (state === undefined)
    throw new Unusable(
      'its step returned undefined for its state',
      'The likeliest cause is a producer or a case without a return.',
      'Return the state, changed or not.',
    )
  return [state, usableEffects(layout, effects)]
}

/** @throws Unusable where they are no list of effects that this internet can carry */
export function usableEffects(layout: Layout, effects: unknown): readonly Effect<Message>[] {
  if (!Array.isArray(effects))
    throw new Unusable(
      `it gave ${inWords(effects)} where a list of effects is due`,
      'The likeliest cause is one effect without its brackets.',
      'Give a list: [send(message, to)], or [] for nothing.',
    )
  for (const effect of effects) checkEffect(layout, effect)
  return effects
}

const KINDS_OF_EFFECT = ['send', 'forward', 'tunnel']

function checkEffect(layout: Layout, effect: Effect<Message> | null | undefined): void {
  switch (effect?.do) {
    case 'send':
      checkMessage(layout, effect.message)
      checkAddress(layout, effect.to, `sends '${effect.message.kind}' to`)
      if (effect.from !== undefined) checkAddress(layout, effect.from, `sends '${effect.message.kind}' from`)
      return
    case 'forward':
      checkPacket(layout, effect.packet, 'forwards')
      if (effect.to !== undefined) checkAddress(layout, effect.to, `forwards '${effect.packet.message.kind}' to`)
      return
    case 'tunnel':
      checkPacket(layout, effect.packet, 'tunnels')
      checkAddress(layout, effect.to, `tunnels '${effect.packet.message.kind}' to`)
      return
    default:
      throw new Unusable(
        `it gave ${inWords(effect)} for an effect`,
        `The likeliest cause is a slip in 'do', which is one of ${KINDS_OF_EFFECT.join(', ')}.`,
        "Make effects by 'send', 'forward' and 'tunnel'.",
      )
  }
}

function checkPacket(layout: Layout, packet: Packet | undefined, does: string): void {
  if (typeof packet !== 'object' || packet === null || typeof packet.hops !== 'number')
    throw new Unusable(
      `it ${does} ${inWords(packet)}, which is no packet`,
      'The likeliest cause is a message, or an event, in its place.',
      "'packetOf(event)' is the packet that a message came in; 'packet(message, from, to)' makes one.",
    )
  checkMessage(layout, packet.message)
  checkAddress(layout, packet.destination, `${does} '${packet.message.kind}' for`)
}

/** What an event gets from its packet; a field of a message's own by such a name would be lost. */
const ENVELOPE = ['source', 'destination', 'hops']

function checkMessage(layout: Layout, message: Message | undefined): void {
  const kind = message?.kind
  if (message === undefined || typeof kind !== 'string')
    throw new Unusable(
      `it sends ${inWords(message)}, which has no 'kind'`,
      'The likeliest cause is a message that is made without one.',
      "Give each message a 'kind': the name that its standard uses.",
    )
  if (isTunnel(message)) {
    checkPacket(layout, message.inner, 'tunnels')
    return
  }
  const taken = layout.takenKinds.get(kind)
  if (taken !== undefined)
    throw new Unusable(
      `it sends a message of kind '${kind}', which is ${taken}`,
      'The likeliest cause is one name for two things: whoever gets the message takes it for the other.',
      'Give the message another kind.',
    )
  const lost = ENVELOPE.find((field) => field in message)
  if (lost !== undefined)
    throw new Unusable(
      `it sends a message of kind '${kind}' with a field '${lost}', which whoever gets it cannot see`,
      "The likeliest cause is an event that is sent on as a message: its packet's source, destination and hops come with it.",
      "Name the field something else; an event is passed on by 'forward(packetOf(event))'.",
    )
}

function checkAddress(layout: Layout, address: unknown, does: string): void {
  if (!isAddress(address))
    throw new Unusable(
      `it ${does} ${inWords(address)}, which is no address`,
      'The likeliest cause is an address that it does not know yet, or a network or a host alone.',
      'An address is written network/interface, for example west-2/a; send only once it is known.',
    )
  const { networks } = layout.topology
  const network = networkOf(address)
  if (!networks.includes(network))
    throw new Unusable(
      `it ${does} ${address}, and there is no network '${network}' in this scenario`,
      'The likeliest cause is a slip in the address, or a network that nobody is ever in.',
      `There are: ${networks.join(', ')}. A network is there once a node is at it, starts from it, or moves to it.`,
    )
}
