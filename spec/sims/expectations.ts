import { BINDING, HIJACK, QUIET_DATA, REACH, STALE } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'

const forgotten = violated(BINDING, REACH, QUIET_DATA, STALE)
const forgottenForAWhile = violated(QUIET_DATA, STALE)
const givenAway = violated(REACH, QUIET_DATA, HIJACK, 'an-old-session-has-one-relay')
const hijacked = violated(BINDING, REACH, QUIET_DATA, HIJACK, 'an-old-session-has-one-relay')

export const expectations: Readonly<Record<string, Expectations>> = {
  'no-credentials': {
    'agent-crashes': forgotten,
    'agent-crashes-lifetimes': forgottenForAWhile,
    'address-given-away': givenAway,
    'both-move-attacker': hijacked,
    'both-move-attacker-was-visited': hijacked,
  },
  credentials: {
    'agent-crashes': forgotten,
    'agent-crashes-lifetimes': forgottenForAWhile,
    'address-given-away': givenAway,
    'both-move-attacker-was-visited': hijacked,
  },
  'credentials-unnumbered': {
    'one-moves-twice': violated(BINDING, REACH, QUIET_DATA, STALE, 'no-relay-is-left-behind'),
    'one-returns': violated(BINDING, 'no-relay-is-left-behind'),
    'one-moves-twice-reordered': violated(BINDING, REACH, QUIET_DATA, STALE, 'no-relay-is-left-behind'),
    'agent-crashes': forgotten,
    'agent-crashes-lifetimes': forgottenForAWhile,
    'address-given-away': givenAway,
    'both-move-attacker-was-visited': hijacked,
  },
  'bound-credentials': {
    'agent-crashes': forgotten,
    'agent-crashes-lifetimes': forgottenForAWhile,
    'address-given-away': givenAway,
  },
}
