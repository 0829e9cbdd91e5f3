import { BINDING, HIJACK, QUIET_DATA, REACH, STALE } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'

const forgotten = violated(BINDING, REACH, QUIET_DATA, STALE)
const forgottenForAWhile = violated(QUIET_DATA, STALE)
const givenAway = violated(REACH, QUIET_DATA, HIJACK, 'an-old-session-has-one-relay')
/** The agent that relays takes back what the address's new holder had until then. */
const givenAwayAtFirst = violated(HIJACK, 'an-old-session-has-one-relay')
/** Until the agent knows that its host is back, what is for it goes to where it was. */
const detour = violated('new-sessions-are-direct')
const hijacked = violated(BINDING, REACH, QUIET_DATA, HIJACK, 'an-old-session-has-one-relay')
/** An intruder that first has to see a credential comes after the move, when a relay is due. */
const hijackedAfterwards = violated(BINDING, REACH, QUIET_DATA, HIJACK)
/** Without numbers, an older request wins. */
const olderWins = violated(BINDING, REACH, QUIET_DATA, STALE, 'no-relay-is-left-behind')

export const expectations: Readonly<Record<string, Expectations>> = {
  'no-credentials': {
    'agent-crashes': forgotten,
    'agent-crashes-lifetimes': forgottenForAWhile,
    'address-given-away': givenAway,
    'address-given-away-agent-first': givenAwayAtFirst,
    'one-returns-agent-first': detour,
    'both-move-attacker': hijacked,
    'both-move-attacker-was-visited': hijackedAfterwards,
    'one-moves-on-attacker-was-visited': hijackedAfterwards,
  },
  credentials: {
    'agent-crashes': forgotten,
    'agent-crashes-lifetimes': forgottenForAWhile,
    'address-given-away': givenAway,
    'address-given-away-agent-first': givenAwayAtFirst,
    'one-returns-agent-first': detour,
    'both-move-attacker-was-visited': hijackedAfterwards,
    'one-moves-on-attacker-was-visited': hijackedAfterwards,
  },
  'credentials-unnumbered': {
    'one-moves-twice': olderWins,
    'one-returns': violated(BINDING, 'no-relay-is-left-behind'),
    'one-returns-agent-first': { ...detour, ...violated(BINDING, REACH, QUIET_DATA, 'no-relay-is-left-behind') },
    'one-moves-twice-reordered': olderWins,
    'agent-crashes': forgotten,
    'agent-crashes-lifetimes': forgottenForAWhile,
    'address-given-away': givenAway,
    'address-given-away-agent-first': givenAwayAtFirst,
    'both-move-attacker-was-visited': hijackedAfterwards,
    'one-moves-on-attacker-was-visited': { ...olderWins, ...hijackedAfterwards },
    'one-moves-twice-one-loss': olderWins,
  },
  'bound-credentials': {
    'agent-crashes': forgotten,
    'agent-crashes-lifetimes': forgottenForAWhile,
    'address-given-away': givenAway,
    'address-given-away-agent-first': givenAwayAtFirst,
    'one-returns-agent-first': detour,
  },
}
