import { BINDING, REACH, SESSION } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'

const lost = violated(BINDING, REACH, SESSION)

/** The rendezvous server relays to where its client has registered: too early, and every try is spent before it has. */
const served: Expectations = { 'one-moves-tries-spent': lost, 'both-move-eager': lost }

export const expectations: Readonly<Record<string, Expectations>> = {
  // RFC 8046 §3.2.3 calls it 'double jump'; after UPDATE_RETRY_MAX tries the association closes (RFC 7401 §6.11).
  direct: {
    'one-moves-tries-spent': lost,
    'both-move': lost,
    'both-move-twice': lost,
    'both-move-one-returns': lost,
    'both-move-one-loss': lost,
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-reordered': lost,
    'both-move-atomic': lost,
    'both-move-eager': lost,
  },
  'rvs-when-sent-again': served,
  'rvs-in-parallel': served,
}
