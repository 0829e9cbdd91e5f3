import { BINDING, GOES_STALE, IN_TIME, QUIET_DATA, REACH, SESSION, STALE } from '../spec/property-ids.ts'

/** Why a verdict does not stand with a clock: of some variants, and properties. */
export interface Reason {
  readonly of: RegExp
  readonly properties: readonly string[]
  readonly because: string
}

export const reasonFor = (
  { target, property }: { readonly target: string; readonly property: string },
  among: readonly Reason[],
): Reason | undefined => among.find((one) => one.of.test(target) && one.properties.includes(property))

const LATE_PACKETS =
  'with equal latencies nothing is overtaken: what is sent 20 ms later, after a handoff, arrives 20 ms later. With 10–40 ms it is as without a clock'
const COUNTS_STEPS =
  "is counted in steps, and each retransmission is one: with a clock they come while the other end's handoff lasts, and more of them"

export const reasons: readonly Reason[] = [
  {
    of: /^sip\/(relookup-on-retransmit|resend-add-branch)-491$/,
    properties: [BINDING, REACH, SESSION],
    because:
      'a limit of the model: it follows two back-offs after a 491, and a last one that outlasts all time-outs; a 491 after that ends the dialog. RFC 3261 §14.1 lets an end try on, and with back-offs from 0 s it may be answered 491 any number of times before the 30 s of the stale branch are over',
  },
  {
    of: /^sip\/simultaneous-bindings$/,
    properties: [BINDING, REACH, SESSION, GOES_STALE],
    because:
      'real: after glare, the other side tries again up to 2 s later (RFC 3261 §14.1), and the old addresses are kept for 1 s. Without a clock an overlap lasts until no timer runs; with 2,101 ms (`--given overlap=2101`) it is as without, with 2,100 it is not',
  },
  {
    of: /^sip\/relookup-on-retransmit$/,
    properties: ['the-call-dies-of-glare'],
    because:
      "real: the proxy's retransmission can come while a re-INVITE of the host that has moved is on its way, so that it is answered 491, and the stale branch ends in a 408. Without a clock it waits until nothing is in flight",
  },
  {
    of: /^mip-lr\/(revised-answers(-unnumbered|-by-registers)?|replicated)$/,
    properties: [BINDING, REACH, QUIET_DATA],
    because:
      'real: a handoff of up to 1.7 s outlasts the revision window, 1 s as 000 §IV.D has it. Without a clock the window outlasts what is in flight, and gaps',
  },
  {
    of: /^mipv6\/ro-rfc-expedited$/,
    properties: ['an-update-is-lost-after-return-routability'],
    because:
      "it takes a home registration that comes to the home agent after the peer's CoTI, which is sent a round trip and a handoff later. From `d(west-2,home-a)=125` on it is as without a clock",
  },
  { of: /^hip\/rvs-when-sent-again$/, properties: [IN_TIME], because: COUNTS_STEPS },
  { of: /^tmsp\/lookup-at-(time-out|fraction)$/, properties: [IN_TIME], because: COUNTS_STEPS },
  {
    of: /^tmsp\/lookup-at-time-out-answers-overwrite$/,
    properties: [BINDING, REACH, QUIET_DATA, STALE],
    because: LATE_PACKETS,
  },
  { of: /^wireguard\//, properties: [QUIET_DATA, STALE], because: LATE_PACKETS },
  {
    of: /^ice\/anchored-once$/,
    properties: [SESSION],
    because:
      'wrong without a clock: one end is rejected, backs off and offers again for ever, and its back-off, being the shorter timer, comes before the 32 s after which the other end gives up, every time anew',
  },
]
