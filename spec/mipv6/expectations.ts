import { BINDING, DEADLOCK, HIJACK, LOOP, QUIET_DATA, REACH, REGISTRATIONS } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'

/** A home agent that has lost its binding intercepts nothing: tests are lost until its mobile node registers again. */
const crashes: Expectations = { 'home-agent-crashes': violated(BINDING, REACH, REGISTRATIONS) }

const FIG_3 = 'an-update-is-lost-after-return-routability'

/**
 * What is expected to come out, per variant and scenario; what is not listed holds. Expectations are compared with the search
 * and never replace it. Where a search disagreed with what papers or sheets let us expect, `docs/findings.md` says who was wrong.
 */
export const expectations: Readonly<Record<string, Expectations>> = {
  // Its bindings are those of the home agents, and data go by them at any time.
  tunnel: {
    'home-agent-crashes': violated(BINDING, REACH, QUIET_DATA),
    'home-agent-crashes-refresh': violated(QUIET_DATA),
  },
  // 004 Figs 1 and 3: tests and updates go to the care-of address that was left. Bindings that run out mend it after 420 s.
  'ro-seed': {
    'both-move': violated(BINDING, REACH),
    'both-move-twice': violated(BINDING, REACH),
    'both-move-one-loss': violated(BINDING, REACH),
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-reordered': violated(BINDING, REACH),
    'both-move-atomic': violated(BINDING, REACH),
    'both-move-no-retransmission': violated(BINDING, REACH, DEADLOCK),
  },
  // 004 §III.C: the same with fewer messages.
  'ro-seed-expedited': {
    'both-move': violated(BINDING, REACH),
    'both-move-twice': violated(BINDING, REACH),
    'both-move-one-loss': violated(BINDING, REACH),
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-reordered': violated(BINDING, REACH),
    'both-move-atomic': violated(BINDING, REACH),
    'both-move-no-retransmission': violated(BINDING, REACH, DEADLOCK),
  },
  // Only the leg from the home agent to the care-of address can lose; being sent again is the whole repair.
  // FIG_3: a has done its tests by its own home agent, which is then right; so the tests of b cannot hang.
  'ro-rfc': {
    ...crashes,
    'both-move': violated(FIG_3),
    'both-move-no-retransmission': violated(BINDING, REACH, DEADLOCK),
    // 004 §II, footnote 1, has the attacker need both paths. For its own care-of address it needs the home path only.
    'attacker-on-home-path': violated(BINDING, REACH, QUIET_DATA, HIJACK),
    'attacker-near-correspondent': violated(BINDING, REACH, QUIET_DATA, HIJACK),
  },
  // The same; here the update can be lost as in Fig. 3, since the care-of test alone says nothing of the home agents.
  'ro-rfc-expedited': {
    'both-move-no-retransmission': violated(BINDING, REACH, DEADLOCK),
  },
  // Nothing acknowledges the entry: fair loss may take it, and without retransmission it may come too late.
  forwarding: {
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-no-retransmission': violated(BINDING, DEADLOCK),
  },
  // The same; returning leaves an entry behind that makes a loop when the host leaves again.
  'forwarding-expedited': {
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-no-retransmission': violated(BINDING, DEADLOCK),
    'one-returns-and-leaves': violated(LOOP),
  },
  // What comes too early for the entry is kept; an entry that is lost is still lost.
  'forwarding-buffered-expedited': {
    'both-move-fair-loss': violated(BINDING, REACH),
    'one-returns-and-leaves': violated(LOOP),
    'both-move-short-proxy-timers': violated(BINDING, DEADLOCK),
  },
  // Of the tests that an agent keeps, the network can let through the older one each time, and its cookie is not wanted any more.
  'stationary-proxies-expedited': {
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-short-proxy-timers': violated(BINDING, REACH, DEADLOCK),
  },
  // Step 6 sends again where the answer is another address than a message went to: a host that was away in between has lost it all the same.
  'stationary-proxies-expedited-answers-late': {
    'both-move-one-returns-no-retransmission': violated(BINDING, REACH, DEADLOCK),
  },
  // Agents that may forget at any moment repair nothing.
  'home-address': {
    'both-move-short-proxy-timers': violated(BINDING, REACH, DEADLOCK),
    'both-move-reordered-no-retransmission': violated(BINDING, REACH, DEADLOCK),
  },
  'home-address-expedited': {
    ...crashes,
    'both-move-short-proxy-timers': violated(BINDING, REACH, DEADLOCK),
  },
  // a is back before its first registration arrives: its care-of address is the old one, and what was lost meanwhile is not sent on.
  'home-address-expedited-by-address': {
    'both-move-one-returns-no-retransmission': violated(BINDING, REACH, DEADLOCK),
  },
  'home-address-one-agent': {
    'both-move-short-proxy-timers': violated(BINDING, REACH, DEADLOCK),
    'both-move-reordered-no-retransmission': violated(BINDING, REACH, DEADLOCK),
  },
  // One upgraded agent is enough only if the other agent's binding is not older than the message: HoTI makes sure of it,
  // the expedited procedure does not.
  'home-address-one-agent-expedited': {
    'both-move-no-retransmission': violated(BINDING, REACH, DEADLOCK),
    'both-move-reordered-no-retransmission': violated(BINDING, REACH, DEADLOCK),
    'both-move-short-proxy-timers': violated(BINDING, REACH, DEADLOCK),
  },
  // By the time that a hears of b, b's agent knows where b is: what a then sends arrives.
  'home-address-one-agent-expedited-awaits-home': {
    'both-move-short-proxy-timers': violated(BINDING, REACH, DEADLOCK),
  },
  // b is back where a thinks it is: a does not resend what was lost meanwhile.
  'home-address-one-agent-expedited-awaits-home-by-address': {
    'both-move-peer-returns-no-retransmission': violated(BINDING, REACH, DEADLOCK),
  },
  // What a has heard from b itself is newer than what b's agent knows. Nothing is tunnelled where a alone moves.
  'home-address-one-agent-expedited-to-care-of': {
    ...Object.fromEntries(
      ['one-moves', 'one-moves-twice', 'one-returns', 'one-moves-one-loss'].map((name) => [
        name,
        { [LOOP]: 'vacuous' },
      ]),
    ),
    'both-move-short-proxy-timers': violated(BINDING, REACH, DEADLOCK),
  },
}
