import { BINDING, DEADLOCK, GOES_STALE, QUIET_DATA, REACH, STALE } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'

const lost = violated(BINDING, REACH, DEADLOCK)
/** News that something older has taken back: an answer of the DNS, or a Locator Update that is late. */
const takenBack = violated(BINDING, REACH, QUIET_DATA, STALE)
const takenBackAndLost = { ...takenBack, ...lost }
const neverWrong = violated(GOES_STALE)

/** Without numbers the update of a first move may arrive after that of the second. */
const outOfOrder: Expectations = {
  'one-moves-twice': takenBack,
  // Back where it was, the older news are not of a place before: nothing tells the overwriting by it.
  'one-returns': violated(BINDING, REACH, QUIET_DATA),
  'one-moves-twice-one-loss': takenBack,
}

const locatorUpdate: Expectations = {
  'both-move': lost,
  'both-move-twice': lost,
  'both-move-one-loss': lost,
  'both-move-fair-loss': violated(BINDING, REACH),
  'both-move-reordered': lost,
  'both-move-atomic': lost,
}
const dnsEachTime: Expectations = {
  'both-move-twice': takenBack,
  'both-move-one-loss': takenBack,
  'both-move-fair-loss': takenBack,
}
const dnsOnce: Expectations = {
  'both-move-twice': takenBackAndLost,
  'both-move-one-loss': takenBackAndLost,
  'both-move-fair-loss': takenBack,
}
/** The old locator is kept: wrong is only what a second move in quick succession leaves behind. */
const softHandoff: Expectations = {
  'one-moves': neverWrong,
  'both-move': neverWrong,
  'both-move-twice': neverWrong,
  'one-returns': neverWrong,
  'one-moves-one-loss': neverWrong,
  'both-move-one-loss': neverWrong,
  'both-move-fair-loss': neverWrong,
  'both-move-reordered': neverWrong,
  'both-move-brief-overlap': neverWrong,
  'both-move-long-overlap': neverWrong,
}

export const expectations: Readonly<Record<string, Expectations>> = {
  'locator-update': { ...locatorUpdate, ...outOfOrder },
  'dns-each-time': { ...dnsEachTime, ...outOfOrder },
  'dns-overtaken-answers-dropped': { 'both-move-twice': takenBack, ...outOfOrder },
  'dns-once': { ...dnsOnce, ...outOfOrder },
  'soft-handoff': { ...softHandoff, 'one-moves-twice': takenBack, 'one-moves-twice-one-loss': takenBack },
  numbered: locatorUpdate,
  'numbered-dns-each-time': dnsEachTime,
  'numbered-dns-once': dnsOnce,
  'numbered-soft-handoff': softHandoff,
}
