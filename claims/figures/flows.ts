import { whereItBites } from '../../analysis/compare.ts'
import { storyOf } from '../../analysis/story.ts'
import { variantOf } from '../../analysis/target.ts'
import type { Story } from '../../counterexamples/index.ts'
import { BINDING } from '../../spec/property-ids.ts'
import { search } from '../claim.ts'
import { handoffOf } from '../costs/handoff.ts'
import { NoAnswer } from '../no-answer.ts'
import type { Flow, NotDrawn } from './figure.ts'

/** An id, where it is in the paper, and what it shows, in our own words. */
type About = readonly [id: string, place: string, title: string]

const named = ([id, place, title]: About) => ({ id, paper: id.split('-')[0]!, place, title })

/** One host moves, and nothing goes wrong. */
const handoff = (about: About, target: string): Flow => ({
  ...named(about),
  kind: 'flow',
  shows: `one host moves: the shortest run of ${target} in which all is said`,
  run: (searches) => handoffOf(searches, target).story,
  command: `doublejump figures ${about[0]}`,
})

/** A run that violates a property, or, of a property that asks for one, that gets there. */
const shortest = (about: About, target: string, property: string, is: 'violated' | 'holds' = 'violated'): Flow => ({
  ...named(about),
  kind: 'flow',
  shows: `both hosts may move: a shortest run of ${target} ${is === 'violated' ? 'that violates' : 'that reaches'} '${property}'`,
  run: (searches) => {
    const { protocol, variant, internet, verdict } = searches.search(search('', target, 'both-move', property, is))
    const trace = 'trace' in verdict ? verdict.trace : undefined
    if (trace === undefined)
      throw new NoAnswer('vacuous', `${target}: '${property}' is ${verdict.kind}, and there is no run to show.`)
    const reason = verdict.kind === 'violated' ? verdict.reason : 'a run that shows it'
    return storyOf(protocol, variant, internet, property, reason, trace)
  },
  command: `doublejump explain ${target} --scenario both-move --property ${property}`,
})

/** What becomes of the run that breaks another variant. */
const repaired = (
  about: About,
  broken: string,
  target: string,
  property: string = BINDING,
  scenario = 'both-move',
): Flow => ({
  ...named(about),
  kind: 'flow',
  shows: `both hosts may move: what becomes in ${target} of the run that breaks ${broken}`,
  run: (): Story => {
    const bites = whereItBites(variantOf(broken), variantOf(target), property, scenario)
    if (bites === null || 'notKnown' in bites)
      throw new NoAnswer(
        'vacuous',
        `No run of ${broken} can be replayed on ${target}: ${bites?.notKnown ?? 'none breaks it'}`,
      )
    return bites.right
  },
  command: `doublejump compare ${broken} ${target} --property ${property} --scenario ${scenario}`,
})

const none = (about: About, because: string): NotDrawn => ({ ...named(about), kind: 'none', because })

const MEASURED = 'Measured on real machines: the model has no throughput, no radio and no kernel.'
const KERNEL =
  'A drawing of modules in a kernel: what they do to addresses is `spec/tmsp/tables.ts`, and a property of `tmsp` holds it.'

/** What is otherwise in the papers' drawings. */
const DIFFERS: Readonly<Record<string, string>> = {
  '000-fig-2': 'The paper leaves retransmissions out; here they go on, to addresses that were left, for ever.',
  '000-fig-4': 'In the paper both move; that the callee does is enough.',
  '000-fig-7':
    "The paper draws RTP translators as well, which forward data only: they are in 'sip-paper/rtp-translator'.",
  '000-fig-9':
    'In the paper the Interceptor is in place when the INVITE comes; this run is told where to send it only after that, and the INVITE that is sent again gets through.',
  '001-fig-2': 'The paper has an ACK of the re-INVITE, which this model leaves out.',
  '003-fig-14': 'The paper has the controller register the host with its redirect server; here it answers by itself.',
  '004-fig-1': 'The paper shows the first messages; here they are sent again, for ever.',
  '004-fig-4':
    'In the paper the forwarders are in place when the messages come; in this run they are told only after that, and what is sent again gets through.',
  '004-fig-5': "It is case (b) of the paper: the peer's home agent has heard of the move when it is asked.",
  '004-fig-6': 'The paper draws a Binding Update; here the Care-of Test Init is what comes too late, and is sent on.',
}

const drawings: readonly (Flow | NotDrawn)[] = [
  handoff(['000-fig-1a', '§II, Fig. 1a', 'SIP mobility: REGISTER and re-INVITE'], 'sip-paper/direct'),
  handoff(
    ['000-fig-1b', '§II, Fig. 1b', 'MIP-LR mobility: updates to the register and to the correspondent'],
    'mip-lr/direct',
  ),
  shortest(
    ['000-fig-2', '§III.A, Fig. 2', 'both re-INVITEs go to addresses that were left'],
    'sip-paper/direct',
    BINDING,
  ),
  shortest(
    ['000-fig-3', '§III.A, Fig. 3', 'both updates of MIP-LR go to addresses that were left'],
    'mip-lr/direct',
    BINDING,
  ),
  shortest(
    ['000-fig-4', '§III.B, Fig. 4', 'a call that is never set up'],
    'sip-setup/paper-plain',
    'the-call-is-set-up',
  ),
  repaired(
    ['000-fig-7', '§IV.B, Fig. 7', 'retransmission by way of a server that looks up again'],
    'sip-paper/home-proxy-rfc',
    'sip-paper/relookup-on-retransmit',
  ),
  repaired(['000-fig-8', '§IV.D, Fig. 8', 'updates that the HLR initiates'], 'mip-lr/direct', 'mip-lr/hlr-initiated'),
  repaired(
    ['000-fig-9', '§IV.E, Fig. 9', 'an Interceptor sends on what comes for a caller or callee that has left'],
    'sip-setup/paper-plain',
    'sip-setup/paper-interceptor',
    'the-call-is-set-up',
  ),
  handoff(['001-fig-2', '§3, Fig. 2', 'a handover by Mobile IP and SIP at once'], 'mip-sip/parallel'),
  none(
    ['001-fig-3', '§4, Fig. 3', 'the test bed'],
    'Machines and radios of a test bed: there is nothing in it to compute.',
  ),
  handoff(
    ['002-fig-1', '§I, Fig. 1', 'a new network asks the old one to relay what began there'],
    'sims/no-credentials',
  ),
  handoff(['002-fig-2', '§II, Fig. 2', 'Mobile IP by a foreign agent'], 'mip/foreign-agent'),
  handoff(['003-fig-1a', '§III-E, Fig. 1a, c', 'registration and re-INVITE after a move'], 'tmsp/direct'),
  none(
    ['003-fig-1b', '§III-C, Fig. 1b', 'how a connection is set up by way of the redirect server'],
    'The model of TMSP begins with a connection: the question to the redirect server and its 302 are those of the look-up after a time-out.',
  ),
  handoff(['003-fig-1c', '§III-E, Fig. 1c', 'the same, with movement verification'], 'tmsp/movement-verification'),
  none(['003-fig-2', '§III-C, Fig. 2', 'function calls of a connection'], KERNEL),
  none(['003-fig-3', '§III-D, Figs. 3, 4', 'the path of a packet through the modules'], KERNEL),
  none(['003-fig-9', '§VI-A1, Fig. 9', 'throughput of a WLAN'], MEASURED),
  none(['003-fig-10', '§VI-A3, Fig. 10', 'processing time of a packet'], MEASURED),
  none(['003-fig-11', '§VI-B, Fig. 11', 'the test beds'], MEASURED),
  none(['003-fig-12', '§VI-B, Figs. 12, 13', 'packets received during handovers'], MEASURED),
  handoff(
    ['003-fig-14', '§VII-C, Figs. 14–16', 'a host behind a NAT, by a session border controller'],
    'tmsp-sbc/port-mapping',
  ),
  shortest(['004-fig-1', '§I, Fig. 1', 'return routability hangs on both sides'], 'mipv6/ro-seed', BINDING),
  handoff(['004-fig-2', '§II.A, Fig. 2', 'return routability, and the binding after it'], 'mipv6/ro-seed'),
  shortest(
    ['004-fig-3', '§III.B, Fig. 3', 'return routability is done, and the Binding Update is lost'],
    'mipv6/ro-seed',
    'an-update-is-lost-after-return-routability',
    'holds',
  ),
  repaired(
    ['004-fig-4', '§IV.A, Fig. 4', 'forwarders in the networks that were left'],
    'mipv6/ro-seed',
    'mipv6/forwarding',
  ),
  repaired(
    ['004-fig-5', '§IV.B, Fig. 5', 'home agents as stationary proxies'],
    'mipv6/ro-seed-expedited',
    'mipv6/stationary-proxies-expedited',
    BINDING,
    'both-move-no-retransmission',
  ),
  repaired(
    ['004-fig-6', '§IV.C, Fig. 6', 'signalling to the home address, sent again when the host has moved'],
    'mipv6/ro-rfc-expedited',
    'mipv6/home-address-expedited',
    BINDING,
    'both-move-no-retransmission',
  ),
]

/** Figures that are drawings of messages or networks, in the papers' order. */
export const flows: readonly (Flow | NotDrawn)[] = drawings.map((figure) => {
  const differs = DIFFERS[figure.id]
  return figure.kind === 'none' || differs === undefined ? figure : { ...figure, differs }
})
