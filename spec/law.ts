import { REACH, SESSION } from './property-ids.ts'
import type { Variant } from './protocol.ts'

/**
 * The general law: a session survives a double jump if and only if the protocol has one of the means that `Variant.survivesBy` names: a
 * stationary anchor, a rendezvous that is asked after the peer's registration, a forwarder in the place that was left, or addresses that
 * overlap. The label is given by reading the protocol; the search says whether it is right.
 */
export const predictsSurvival = (variant: Variant): boolean => (variant.survivesBy ?? []).length > 0

/** What 'survives' means: data can flow both ways again, for good, and no end has closed the session. */
export const survives = (verdictOf: (property: string) => string | undefined): boolean =>
  [REACH, SESSION].every((property) => (verdictOf(property) ?? 'holds') === 'holds')

/** The scenario that the law speaks of. */
export const DOUBLE_JUMP = 'both-move'

/** Where the search disagrees with the label, and why: each is a finding (`docs/findings.md`). */
export const exceptions: Readonly<Record<string, string>> = {
  'sip/relookup-on-retransmit':
    'the rendezvous is asked in time, but a stale branch is waited for, and glare keeps the new one from being answered',
  'sip/resend-add-branch': 'the same: the registration itself resends, as one more branch beside the stale one',
  'sip/rtp-translator': 'media are forwarded and signalling is not, so that a timer ends the call',
  'quic/preferred-address-two-ids':
    'the one unused connection ID is spent on the preferred address: a client that moves before it has another can send nothing',
  'wireguard/overlap': 'the endpoint follows what arrives last, so that an overtaken packet undoes the overlap',
}
