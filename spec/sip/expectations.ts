import { BINDING, DEADLOCK, GOES_STALE, LOOP, REACH, SESSION } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'

const GLARE = 'the-call-dies-of-glare'
/** Without a clock the other side's back-off ends first, and its re-INVITE is answered before the owner's does. */
const noGlareAgain = violated('a-second-glare', 'a-third-glare')

/**
 * What is expected to come out, per variant and scenario; what is not listed holds. Expectations are compared with the search
 * and never replace it. Where a search disagreed with what papers or sheets let us expect, `docs/findings.md` says who was wrong.
 */
export const expectPaper: Readonly<Record<string, Expectations>> = {
  // 000 Fig. 2.
  direct: {
    'both-move': violated(BINDING, REACH),
    'both-move-twice': violated(BINDING, REACH),
    'both-move-one-loss': violated(BINDING, REACH),
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-reordered': violated(BINDING, REACH),
    'both-move-atomic': violated(BINDING, REACH),
    'both-move-eager': violated(BINDING, REACH),
    'both-move-one-returns': violated(BINDING, REACH),
  },
  // The proxy follows the Request-URI: the same.
  'home-proxy-rfc': {
    'both-move': violated(BINDING, REACH),
    'both-move-twice': violated(BINDING, REACH),
    'both-move-one-loss': violated(BINDING, REACH),
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-reordered': violated(BINDING, REACH),
    'both-move-atomic': violated(BINDING, REACH),
    'both-move-eager': violated(BINDING, REACH),
  },
  // Once a transaction: a lookup before the registration stays wrong.
  'home-proxy-relookup': {
    'both-move': violated(BINDING, REACH),
    'both-move-twice': violated(BINDING, REACH),
    'both-move-one-loss': violated(BINDING, REACH),
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-reordered': violated(BINDING, REACH),
    'both-move-atomic': violated(BINDING, REACH),
    'both-move-eager': violated(BINDING, REACH),
  },
  // Nothing acknowledges the entry.
  interceptor: {
    'both-move-one-loss': violated(BINDING),
    'both-move-fair-loss': violated(BINDING, REACH),
  },
  // With a long overlap no binding is ever wrong, unless the host moves on during it.
  'simultaneous-bindings': {
    'one-moves': violated(GOES_STALE),
    'both-move': violated(GOES_STALE),
    'both-move-twice': violated(GOES_STALE),
    'one-returns': violated(GOES_STALE),
    'one-moves-one-loss': violated(GOES_STALE),
    'both-move-one-loss': violated(GOES_STALE),
    'both-move-fair-loss': violated(GOES_STALE),
    'both-move-reordered': violated(GOES_STALE),
    'both-move-eager': violated(GOES_STALE),
    'both-move-overlap-round-trip': violated(GOES_STALE),
    'both-move-overlap-any': violated(BINDING, REACH),
  },
  // Media arrive by the translator; signalling does not, so that no binding is ever mended (000 §IV.B).
  'rtp-translator': {
    'both-move': violated(BINDING),
    'both-move-twice': violated(BINDING),
    // The message that makes the entry is lost, and nothing sends it again.
    'both-move-one-loss': violated(BINDING, REACH),
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-reordered': violated(BINDING),
    'both-move-atomic': violated(BINDING),
    'both-move-eager': violated(BINDING),
  },
}

/** The same under RFC 3261. Sections are those of the RFC. */
export const expectRfc: Readonly<Record<string, Expectations>> = {
  // Each re-INVITE goes to the Contact that the peer has left (000 Fig. 2); at Timer B the dialog ends (§14.1).
  // A second move during the transaction loses the 200 OK: copies of it go where the first request came from (§18.2.2).
  direct: {
    'both-move': violated(BINDING, REACH, SESSION),
    'one-moves-twice': violated(BINDING, REACH, SESSION),
    'both-move-twice': violated(BINDING, REACH, SESSION),
    'one-returns': violated(BINDING, REACH, SESSION),
    'both-move-one-loss': violated(BINDING, REACH, SESSION),
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-reordered': violated(BINDING, REACH, SESSION),
    'both-move-atomic': violated(BINDING, REACH, SESSION),
    'both-move-eager': violated(BINDING, REACH, SESSION),
    'both-move-one-returns': violated(BINDING, REACH, SESSION),
  },
  // The proxy follows the Request-URI (§16.5): the same loss, one hop later.
  'home-proxy-rfc': {
    'both-move': violated(BINDING, REACH, SESSION),
    'one-moves-twice': violated(BINDING, REACH, SESSION, DEADLOCK),
    'both-move-twice': violated(BINDING, REACH, SESSION),
    'one-returns': violated(BINDING, REACH, SESSION, DEADLOCK),
    'both-move-one-loss': violated(BINDING, REACH, SESSION),
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-reordered': violated(BINDING, REACH, SESSION),
    'both-move-atomic': violated(BINDING, REACH, SESSION),
    'both-move-eager': violated(BINDING, REACH, SESSION),
  },
  // The lookup comes before the registration; the stale branch outlasts everything and its 408 ends the dialog.
  'home-proxy-relookup': {
    'both-move': violated(BINDING, REACH, SESSION),
    'one-moves-twice': violated(BINDING, REACH, SESSION),
    'both-move-twice': violated(BINDING, REACH, SESSION),
    'one-returns': violated(BINDING, REACH, SESSION),
    'both-move-one-loss': violated(BINDING, REACH, SESSION),
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-reordered': violated(BINDING, REACH, SESSION),
    'both-move-atomic': violated(BINDING, REACH, SESSION),
    'both-move-eager': violated(BINDING, REACH, SESSION),
  },
  // The new branch reaches the host, but under glare its 491 waits for the stale branch: 408 wins.
  'relookup-on-retransmit': {
    'both-move': violated(BINDING, REACH, SESSION, GLARE),
    'one-moves-twice': violated(BINDING, REACH, SESSION),
    'both-move-twice': violated(BINDING, REACH, SESSION),
    'one-returns': violated(BINDING, REACH, SESSION),
    'both-move-one-loss': violated(BINDING, REACH, SESSION),
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-reordered': violated(BINDING, REACH, SESSION),
    'both-move-atomic': violated(BINDING, REACH, SESSION),
    'both-move-eager': violated(BINDING, REACH, SESSION),
  },
  // With 491 as the best response the dialog survives; without a time-out the stale branch is waited for, for ever.
  // In both-move-twice an ACK dies where b was; copies of that 200 OK die where a was, however often the two agree later (§13.3.1.4).
  'relookup-on-retransmit-491': {
    'both-move': violated(GLARE),
    'one-moves-twice': violated(BINDING, REACH, SESSION),
    'both-move-twice': violated(BINDING, REACH, SESSION),
    'one-returns': violated(BINDING, REACH, SESSION),
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-eager': violated(BINDING, REACH, SESSION),
  },
  // Asked again in time and with nothing stale to wait for, the rendezvous repairs; a second quick move is lost as everywhere.
  'relookup-replace-branch': {
    'both-move': violated(GLARE),
    'both-move-twice': violated(BINDING, REACH, SESSION),
    'one-moves-twice': violated(BINDING, REACH, SESSION),
    'one-returns': violated(BINDING, REACH, SESSION),
    'both-move-eager': violated(BINDING, REACH, SESSION),
  },
  // As on the wire: the resend arrives at once, its 491 waits for the dead branch, and 408 wins.
  'resend-add-branch': {
    'both-move': violated(BINDING, REACH, SESSION),
    'one-moves-twice': violated(BINDING, REACH, SESSION),
    'one-returns': violated(BINDING, REACH, SESSION),
    'both-move-one-loss': violated(BINDING, REACH, SESSION),
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-reordered': violated(BINDING, REACH, SESSION),
    'both-move-atomic': violated(BINDING, REACH, SESSION),
    'both-move-one-twice': violated(BINDING, REACH, SESSION),
    'both-move-eager': violated(BINDING, REACH, SESSION),
  },
  // With 491 as the best response the dialog survives its 30 s. A second move loses the call as above: an ACK dies where b was, copies of its 200 OK where a was.
  'resend-add-branch-491': {
    'both-move': violated(GLARE),
    'both-move-one-twice': violated(REACH, SESSION),
    'one-moves-twice': violated(BINDING, REACH, SESSION),
    'one-returns': violated(BINDING, REACH, SESSION),
    'both-move-fair-loss': violated(BINDING, REACH),
  },
  // Giving up the stale branch is what repairs; equal back-offs can go on for ever (§14.1 makes them unequal).
  'resend-replace-branch': {
    'both-move': { ...violated(GLARE), ...noGlareAgain },
    'both-move-twice': violated(BINDING, REACH, SESSION),
    'one-moves-twice': violated(BINDING, REACH, SESSION),
    'one-returns': violated(BINDING, REACH, SESSION),
    'both-move-equal-back-off': violated(BINDING, REACH),
  },
  // Nothing acknowledges the entry: one loss, or retransmissions spent before it is there, and the repair is none.
  interceptor: {
    'both-move': noGlareAgain,
    'both-move-one-loss': violated(BINDING, REACH, SESSION),
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-eager': violated(BINDING, REACH, SESSION),
    'both-move-equal-back-off': violated(BINDING),
    'one-returns-and-leaves': violated(BINDING, REACH, SESSION, LOOP),
  },
  // With an acknowledgement a loss does no harm; retransmissions spent before the entry is there still do.
  'interceptor-acknowledged': { 'both-move-eager': violated(BINDING, REACH, SESSION) },
  // A long overlap: no binding is ever wrong, unless the host moves on during it, and then it is mended. Until the network is quiet is too short: a 491 back-off outlasts it.
  'simultaneous-bindings': {
    'one-moves': violated(GOES_STALE),
    'both-move': violated(GOES_STALE),
    'both-move-twice': violated(GOES_STALE),
    'one-returns': violated(GOES_STALE),
    'one-moves-one-loss': violated(GOES_STALE),
    'both-move-one-loss': violated(GOES_STALE),
    'both-move-fair-loss': violated(GOES_STALE),
    'both-move-reordered': violated(GOES_STALE),
    'both-move-eager': violated(GOES_STALE),
    'both-move-overlap-round-trip': violated(BINDING, REACH, SESSION),
    'both-move-overlap-any': violated(BINDING, REACH, SESSION),
  },
  // Media arrive by the translator until Timer B ends the dialog.
  'rtp-translator': {
    'both-move': violated(BINDING, REACH, SESSION),
    'one-moves-twice': violated(BINDING, REACH, SESSION),
    'both-move-twice': violated(BINDING, REACH, SESSION),
    'one-returns': violated(BINDING, REACH, SESSION),
    'both-move-one-loss': violated(BINDING, REACH, SESSION),
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-reordered': violated(BINDING, REACH, SESSION),
    'both-move-atomic': violated(BINDING, REACH, SESSION),
    'both-move-eager': violated(BINDING, REACH, SESSION),
  },
}
