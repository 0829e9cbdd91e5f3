import { BINDING, GOOD_END, HIJACK, QUIET_DATA, REACH, STALE } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'

const lost = violated(BINDING, REACH, QUIET_DATA)
const neverMended = violated(BINDING, REACH, QUIET_DATA, GOOD_END)
/** An answer of a redirect server that has been overtaken takes the binding back. */
const takenBack = violated(BINDING, REACH, QUIET_DATA, STALE)

export const expectations: Readonly<Record<string, Expectations>> = {
  direct: {
    'both-move': lost,
    'both-move-twice': lost,
    'both-move-one-loss': lost,
    'both-move-reordered': lost,
    'both-move-atomic': lost,
    'both-move-long-gaps': lost,
  },
  'lookup-at-time-out': {
    'both-move-twice': takenBack,
  },
  'lookup-at-time-out-repeated': {
    'both-move-twice': violated(STALE),
  },
  // The Contact of a 200 that a newer re-INVITE has overtaken does the same.
  'lookup-at-time-out-answers-overwrite': {
    'both-move': takenBack,
    'both-move-twice': takenBack,
    'both-move-one-loss': takenBack,
    'both-move-reordered': takenBack,
    'both-move-atomic': takenBack,
    'both-move-long-gaps': takenBack,
  },
  'lookup-at-fraction': {
    'both-move-twice': takenBack,
    'both-move-one-loss': takenBack,
  },
  'lookup-at-fraction-repeated': {
    'both-move-twice': violated(STALE),
    'both-move-one-loss': takenBack,
  },
  'movement-verification': {
    'one-moves': lost,
    'both-move': lost,
    'one-moves-twice': lost,
    'both-move-twice': lost,
    'one-returns': lost,
    'one-moves-one-loss': lost,
    'both-move-one-loss': lost,
    'both-move-reordered': lost,
    'both-move-atomic': lost,
    'both-move-long-gaps': lost,
  },
  'movement-verification-registered-first': {
    'both-move': lost,
    'both-move-twice': lost,
    'both-move-one-loss': lost,
    'both-move-reordered': lost,
    'both-move-atomic': lost,
    'both-move-long-gaps': lost,
  },
  'server-tells': {
    'both-move': neverMended,
    'both-move-twice': neverMended,
    'both-move-one-loss': neverMended,
    'both-move-reordered': neverMended,
    'both-move-atomic': neverMended,
    'both-move-long-gaps': neverMended,
  },
  'server-tells-by-lookup': {
    'both-move-long-gaps': lost,
  },
}

/** 003 §V: replies to the host that has the address now go to the one that left it. */
const confused = violated('no-misdelivery', 'whoever-asks-is-answered')
/** A connection that was closed carries nothing; and nothing says that it will be closed while another host waits for its address. */
const closed = violated(REACH, QUIET_DATA, 'whoever-asks-is-answered')
/** A connection that is open answers for its addresses and ports, whoever has them now. */
const blocked = violated('whoever-asks-is-answered')
/** Whoever loses its address before it has moved is nowhere, and nobody tells it. */
const takenOver = violated(BINDING, REACH, QUIET_DATA)
/** Without a mapping, data go where the session began. */
const notMobile = violated(REACH, QUIET_DATA)

export const confusionExpectations: Readonly<Record<string, Expectations>> = {
  udp: { 'one-moves-address-reused': confused, 'one-moves-address-taken-over': { ...takenOver, ...confused } },
  'udp-opt-out': {
    'one-moves': notMobile,
    'one-moves-address-reused': notMobile,
    'one-moves-address-taken-over': takenOver,
  },
  // 003 §V speaks of UDP only; a mapping that outlives its connection is no better.
  tcp: {
    'one-moves-address-reused': { ...confused, ...closed },
    'one-moves-address-taken-over': { ...takenOver, ...confused },
    'one-moves-address-reused-while-open': blocked,
  },
  'tcp-new-connection': {
    'one-moves-address-reused': closed,
    'one-moves-address-taken-over': { ...takenOver, ...blocked },
    'one-moves-address-reused-while-open': blocked,
  },
  'tcp-mapping-closes': {
    'one-moves-address-reused': closed,
    'one-moves-address-taken-over': { ...takenOver, ...blocked },
    'one-moves-address-reused-while-open': blocked,
  },
  'port-mapping': {
    'one-moves-bindings-expire': violated(REACH, QUIET_DATA, HIJACK),
    'one-moves-bindings-expire-late': violated(REACH, QUIET_DATA, HIJACK),
  },
}
