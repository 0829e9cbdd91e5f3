import { type Node, node, redirector, type Scenario } from '../index.ts'
import { networksLeft, START, startOf, triesIn } from '../roaming.ts'
import type { Design } from './design.ts'
import { paperServer } from './paper-server.ts'
import { paperUserAgent } from './paper-user-agent.ts'
import { answeredCopyIn, MOST_TRIES } from './scenarios.ts'
import { server } from './server.ts'
import { userAgent } from './user-agent.ts'

const SERVER = 'home-b/server'
const caller = { name: 'a', start: startOf('a'), calls: true, registrar: null, outbound: SERVER } as const
const callee = { name: 'b', start: startOf('b'), calls: false, registrar: SERVER, outbound: SERVER } as const

/** Caller, the callee's server, callee, and the Interceptors. */
export function nodesOf(design: Design, scenario: Scenario): Node[] {
  const interceptors = (design.interceptors === true ? networksLeft(scenario) : []).map((network) =>
    node(`interceptor ${network}`, redirector('readdress'), { at: [`${network}/interceptor`], agentOf: [network] }),
  )
  return [...(design.rules === 'paper' ? byPaper(design, scenario) : byRfc(design, scenario)), ...interceptors]
}

function byPaper(design: Design, scenario: Scenario): Node[] {
  const agent = { tellsInterceptor: design.interceptors === true }
  const settings = {
    start: startOf('b'),
    looksUpAgain: design.looksUpAgain === true,
    answered: answeredCopyIn(scenario),
  }
  return [
    node('a', paperUserAgent({ ...agent, ...caller }), { from: START.a }),
    node('server-b', paperServer(settings), { at: [SERVER] }),
    node('b', paperUserAgent({ ...agent, ...callee }), { from: START.b }),
  ]
}

function byRfc(design: Design, scenario: Scenario): Node[] {
  const tries = triesIn(scenario, MOST_TRIES)
  const agent = { tellsInterceptor: design.interceptors === true, tries }
  const proxy = server({
    start: startOf('b'),
    target: 'location',
    relookupOnRetransmit: design.looksUpAgain === true,
    resendOnRegister: false,
    newTarget: 'add',
    best: '408 Request Timeout',
    rules: 'rfc',
    retransmissions: tries,
    cseqModulus: 2 ** 31,
  })
  return [
    node('a', userAgent({ ...agent, ...caller }), { from: START.a }),
    node('server-b', proxy, { at: [SERVER] }),
    node('b', userAgent({ ...agent, ...callee }), { from: START.b }),
  ]
}
