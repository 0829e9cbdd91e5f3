import {
  type Node,
  node,
  redirector,
  type Scenario,
  type Sighting,
  type Subject,
  type Variant,
  type View,
} from '../index.ts'
import { ENDS, type End, networksLeft, other, START, triesIn } from '../roaming.ts'
import type { Design, Rules } from './design.ts'
import { designs } from './designs.ts'
import { MOST_RETRANSMISSIONS } from './options.ts'
import { type PaperUserAgent, paperUserAgent } from './paper-user-agent.ts'
import { type ProxySettings, proxy, type Server } from './proxy.ts'
import * as scenarios from './scenarios.ts'
import { type UserAgent, userAgent } from './user-agent.ts'
import { ACTIONS } from './user-agent-acts.ts'
import type { ActionName } from './user-agent-state.ts'

/** Where 491 may come for ever, CSeq wraps round, so that the run can close its circle. */
const SMALL_MODULUS = 8

/** RFC 3261 §17.1.2.2: before Timer F fires, Timer E has sent a BYE again ten times. Runs without users are told with fewer: more only repeat it. */
const MOST_BYES = 10

/** A registrar's policy is no rule of the protocol: 'registrations refused' has those that it refuses, as 'a1 b2'. */
const refused = ({ options }: Scenario, user: End): number[] =>
  String(options['registrations refused'] ?? '')
    .split(' ')
    .filter((one) => one.startsWith(user))
    .map((one) => Number(one.slice(1)))

/** Where a proxy sends what is no INVITE, if it is configured to do so otherwise. */
const waysIn = ({ options }: Scenario): ProxySettings['ways'] => ({
  ACK: wayOf(options['ACK goes by']),
  BYE: wayOf(options['BYE goes by']),
})

const wayOf = (option: string | number | boolean | undefined): ProxySettings['target'] | undefined =>
  option === undefined ? undefined : option === 'registration' ? 'location' : 'request-uri'

/** Whether programs write the Vias of what they send again anew when they have moved. */
const renewsVias = ({ options }: Scenario): boolean => options['copies are new transactions'] === true

/** What users do at will: 'actions' has what is looked at, as 'a hangs up, b notices'; everything, if it does not say. */
export const doneBy = ({ options }: Pick<Scenario, 'options'>, user: End): ActionName[] => {
  const { actions } = options
  return ACTIONS.filter((action) => actions === undefined || String(actions).split(', ').includes(`${user} ${action}`))
}

const serverOf = (user: End) => `home-${user}/server`

function nodesOf(design: Design, rules: Rules, scenario: Scenario): Node[] {
  const retransmissions = triesIn(scenario, MOST_RETRANSMISSIONS)
  const equal = scenario.options['retries after 491'] === 'unlimited'
  const cseqModulus = equal ? SMALL_MODULUS : 2 ** 31
  const agent = (user: End): Node => {
    const settings = {
      name: user,
      start: `${START[user]}/${user}`,
      peer: `${START[other(user)]}/${other(user)}`,
      registrar: serverOf(user),
      ...(design.proxy === undefined ? {} : { outbound: serverOf(other(user)) }),
      ...(design.interceptors !== undefined ? { tellsInterceptor: design.telling ?? ('once' as const) } : {}),
    }
    const place = { from: START[user] }
    return rules === 'paper'
      ? node(user, paperUserAgent(settings), place)
      : node(
          user,
          userAgent({
            ...settings,
            ownsCallId: user === 'a',
            retransmissions,
            ...(scenario.users === 'act'
              ? { does: doneBy(scenario, user), byes: MOST_BYES, renewsVias: renewsVias(scenario) }
              : {}),
            retriesAfter491: equal ? 'unlimited' : 2,
            cseqModulus,
          }),
          place,
        )
  }
  const server = (user: End): Node =>
    node(
      `server-${user}`,
      proxy({
        start: `${START[user]}/${user}`,
        target: 'request-uri',
        relookupOnRetransmit: false,
        resendOnRegister: false,
        newTarget: 'add',
        best: '408 Request Timeout',
        rules,
        retransmissions,
        cseqModulus,
        ...(scenario.users === 'act'
          ? {
              byes: 'stateful',
              refuses: refused(scenario, user),
              ways: waysIn(scenario),
              renewsVias: renewsVias(scenario),
              retransmissions: MOST_BYES,
            }
          : {}),
        ...design.proxy,
      }),
      { at: [serverOf(user)] },
    )
  const interceptors = (design.interceptors !== undefined ? networksLeft(scenario) : []).map((network) =>
    node(
      `interceptor ${network}`,
      redirector(
        'readdress',
        design.interceptors === 'media' ? ['RTP'] : undefined,
        design.telling === 'until acknowledged',
      ),
      {
        at: [`${network}/interceptor`],
        agentOf: [network],
      },
    ),
  )
  return [agent('a'), server('a'), server('b'), agent('b'), ...interceptors]
}

function subjectOf(design: Design, rules: Rules): Subject {
  const subject: Subject = {
    ends: ['a', 'b'],
    beliefs: ENDS.map((user) => ({
      holder: user,
      about: other(user),
      believes: (view) => view.state<UserAgent | PaperUserAgent>(user).remoteTarget,
    })),
    registrations: ENDS.map((user) => ({
      holder: `server-${user}`,
      about: user,
      believes: (view) => view.state<Server>(`server-${user}`).location,
    })),
    carriesData: true,
    forwards: design.interceptors !== undefined,
  }
  if (rules === 'paper') return subject
  return {
    ...subject,
    ...sightingsOf(design),
    sessions: {
      a: (view) => view.state<UserAgent>('a').ended,
      b: (view) => view.state<UserAgent>('b').ended,
    },
  }
}

function sightingsOf({ proxy, scenarios: asked }: Design): Pick<Subject, 'sightings'> {
  const died: Sighting = {
    in: ['both-move'],
    means: 'It can come about that the call ends after 491 upon 491 though every registration is right.',
    sees: diesOfGlare,
  }
  const sightings = {
    ...(proxy?.target === 'location' ? { 'the-call-dies-of-glare': died } : {}),
    ...(asked.includes(scenarios.bothMoveEqualBackOff)
      ? { 'a-second-glare': glares(2, 'twice'), 'a-third-glare': glares(3, 'three times') }
      : {}),
  }
  return Object.keys(sightings).length === 0 ? {} : { sightings }
}

/** RFC 3261 §14.1: the back-offs are to keep it from happening again. */
const glares = (count: number, times: string): Sighting => ({
  in: ['both-move'],
  means: `It can come about that the re-INVITEs of both ends are answered 491 ${times} in a row.`,
  sees: (view) =>
    ENDS.every((user) => view.state<UserAgent>(user).glares >= count) ||
    `nowhere have both been answered 491 ${times} in a row`,
})

/**
 * What `docs/findings.md` tells of the wire: one side asked and asked and was answered 491, because the other's own re-INVITE
 * hung on a stale branch; then that branch's time-out ended the call, while every registration was right.
 */
function diesOfGlare(view: View): true | string {
  for (const user of ENDS) {
    const { location } = view.state<Server>(`server-${user}`)
    if (!view.held(user).includes(location)) return `server-${user} is wrong about ${user}`
  }
  for (const user of ENDS) {
    const died = view.state<UserAgent>(user).ended?.includes('408') === true
    if (died && view.state<UserAgent>(other(user)).glares >= 2) return true
  }
  return 'no dialog has ended by 408 while the other side was answered 491 again and again'
}

/** Paper 000 has no back-off; its endless retransmissions make the other one needlessly large. */
const ONLY_RFC = ['both-move-equal-back-off', 'one-returns-and-leaves']

/** Nor does it give up. */
const TIMERS_ONLY_RFC = ['Timer B', 'no ACK', 'back-off (last)']

const asInPaper000 = (s: Scenario): Scenario => ({
  ...s,
  timers: Object.fromEntries(Object.entries(s.timers).filter(([timer]) => !TIMERS_ONLY_RFC.includes(timer))),
})

export function variantsOf(rules: Rules, expect: Readonly<Record<string, Variant['expect']>>): Variant[] {
  return (
    designs
      // Paper 000 knows no responses to choose from.
      .filter((design) => rules === 'rfc' || !design.name.endsWith('-491'))
      .map((design) => ({
        name: design.name,
        title: design.title,
        source: design.source,
        repairs: design.repairs,
        survivesBy: design.survivesBy,
        nodes: (scenario) => nodesOf(design, rules, scenario),
        subject: subjectOf(design, rules),
        scenarios:
          rules === 'paper'
            ? design.scenarios.filter((s) => !ONLY_RFC.includes(s.name)).map(asInPaper000)
            : design.oneTwice === true
              ? scenarios.withOneTwice(design.scenarios)
              : design.scenarios,
        large: rules === 'rfc' ? (design.large ?? []) : [],
        expect: expect[design.name] ?? {},
      }))
  )
}
