import type { SipMessage } from '../spec/sip/messages.ts'
import type { Suite, SuiteStep, SuiteTest } from './suite.ts'

/** A test of a SIP user agent as a scenario of SIPp (https://sipp.readthedocs.io), and whether the user agent has to be moved in it. */
export interface SippScenario {
  readonly name: string
  /** Its last step, in words. */
  readonly does: string
  readonly xml: string
  readonly moves: boolean
}

/** The first CSeq of a call, whose number in the model is 1. */
const FIRST_CSEQ = 1
/** Milliseconds until a user agent gives up by itself, with a margin: 64 T1 is 32 s (RFC 3261 §17.1.1.2). */
const TIMER_B = 60_000
/** Milliseconds that an answer may take. */
const PATIENCE = 8000
/** Milliseconds until a user agent that looks for its address once a minute has noticed that it was moved, with a margin. */
const NOTICE = 75_000

/**
 * Scenarios for a suite of a user agent of `spec/sip`, one a test: SIPp is the other user agent. It calls b, or waits for the call of a, and then
 * does what the test says. The addresses of the model are keywords (`-key west_2 10.1.0.3`), `here` being the first, and all are of the machine that
 * SIPp runs on (without -i, so that it listens at each), but for those of the user agent. What moves the user agent is the keyword `move`, a command of a shell; what comes to it after that
 * goes to where it is, and in the end SIPp hangs up at the place that its last Contact told. Registrars are left out; so are retransmissions, which SIPp absorbs by itself.
 */
export function sippScenarios(suite: Suite): SippScenario[] {
  return suite.tests.map((test, i) => ({
    name: `${suite.role}-${String(i + 1).padStart(2, '0')}`,
    does: test.steps.at(-1)!.text,
    xml: scenarioOf(suite.role as 'a' | 'b', test),
    moves: test.steps.some(({ event }) => event.kind === 'attached'),
  }))
}

/** 'west-2/a' as a keyword. */
export const keyOf = (address: string): string => address.split('/')[0]!.replaceAll('-', '_')

/** The keywords of all addresses that its scenarios name, but `here`. */
export function keysOf(suite: Suite): string[] {
  const addresses = suite.tests.flatMap(({ steps }) =>
    steps.flatMap(({ event }) =>
      Object.entries(event).flatMap(([field, value]) => (/^(contact|address)$/.test(field) ? [String(value)] : [])),
    ),
  )
  return [...new Set(addresses.map(keyOf))].sort()
}

function scenarioOf(role: 'a' | 'b', { name, steps }: SuiteTest): string {
  const during = steps.flatMap((step, i) => partsOf(step, alreadySent(steps.slice(0, i))))
  const body = [...(role === 'b' ? calling() : called()), ...during, ...hangingUp(steps)].join('\n')
  // SIPp refuses a variable that is kept and never looked at.
  const kept = [...new Set([...body.matchAll(/assign_to="(\w+)"/g)].map(([, variable]) => variable))]
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- ${safe(name)}
${steps.map(({ text, source }) => `     ${safe(text)}${source === null ? '' : ` [${safe(source)}]`}`).join('\n')} -->
<scenario name="${safe(name)}">
${body}
<Reference variables="${kept.join(',')}"/>
</scenario>
`
}

type Sent = SipMessage & { readonly to: string }

/** The user agent sends the same again: SIPp takes it for a retransmission, which it is, and passes over it. */
const isAgain = (one: Sent, before: readonly Sent[]): boolean =>
  before.some(
    (other) =>
      other.kind === one.kind && (one.kind === 'BYE' || ('cseq' in other && 'cseq' in one && other.cseq === one.cseq)),
  )

const alreadySent = (steps: readonly SuiteStep[]): Sent[] => steps.flatMap(({ sends }) => sends as readonly Sent[])

/** What one step of a test is to SIPp: something that it sends, or lets happen, and what must come then. */
function partsOf({ event, sends }: SuiteStep, before: readonly Sent[]): string[] {
  const all = sends as readonly Sent[]
  const fresh = all.filter((one) => !isAgain(one, before))
  const patience = event.kind === 'attached' ? NOTICE : PATIENCE
  const expected = [
    ...fresh.flatMap((one) => receive(one, patience)),
    ...(fresh.length < all.length ? ['<pause milliseconds="700"/>'] : []),
  ]
  const m = event as unknown as SipMessage | { readonly kind: 'attached'; readonly address: string }
  switch (m.kind) {
    case 'attached':
      return [`<nop><action><exec command="[move]"/>${sendTo(`[${keyOf(m.address)}]`)}</action></nop>`, ...expected]
    case 'INVITE':
      return [send(request('INVITE', m.cseq, m.contact)), ...expected]
    case 'ACK':
      return [send(request('ACK', m.cseq)), ...expected]
    case 'ACK (error)':
      return [send(request('ACK', m.cseq, undefined, `invite-${m.cseq}`)), ...expected]
    case 'BYE':
      return BYE
    case '200 OK':
      return [send(response('200 OK', m.contact)), ...expected]
    case '100 Trying':
    case '408 Request Timeout':
    case '481 Call/Transaction Does Not Exist':
    case '491 Request Pending':
    case '500 Server Internal Error':
      return [send(response(m.kind)), ...expected]
    case 'REGISTER':
    case '200 OK (REGISTER)':
      return []
    default:
      return expected
  }
}

function receive(m: Sent, patience = PATIENCE): string[] {
  switch (m.kind) {
    case 'INVITE':
      return [recv('request="INVITE"', KEEP, patience)]
    case 'ACK':
    case 'ACK (error)':
      return [recv('request="ACK"')]
    case 'BYE':
      return [`<recv request="BYE" timeout="${TIMER_B}"/>`, send(ANSWER)]
    case '200 OK':
      return [...PROVISIONAL, recv('response="200"', keep(...TARGET))]
    case 'REGISTER':
    case '200 OK (REGISTER)':
    case '200 OK (BYE)':
    case '481 Call/Transaction Does Not Exist (BYE)':
    case 'RTP':
    case 'Forward':
    case 'Forwarding':
      return []
    default:
      return [...PROVISIONAL, recv(`response="${Number.parseInt(m.kind, 10)}"`)]
  }
}

const PROVISIONAL = ['<recv response="100" optional="true"/>', '<recv response="180" optional="true"/>']

const recv = (what: string, action = '', patience = PATIENCE): string =>
  action === '' ? `<recv ${what} timeout="${patience}"/>` : `<recv ${what} timeout="${patience}">${action}</recv>`

const sendTo = (host: string): string => `<setdest host="${host}" port="[remote_port]" protocol="UDP"/>`

const send = (lines: readonly string[]): string => `<send><![CDATA[\n\n${lines.join('\n')}\n\n]]></send>`

/** Headers of a message that came, for what answers it or refers to it. */
const keep = (...headers: readonly (readonly [string, string, string?])[]): string =>
  `<action>${headers
    .map(
      ([header, variable, regexp = '.+']) =>
        `<ereg regexp="${regexp}" search_in="hdr" header="${header}:" assign_to="${variable}"/>`,
    )
    .join('')}</action>`

/** Where whoever sends it wants to be reached. */
const TARGET = [
  ['Contact', 'target', 'sip:[^>;]*'],
  ['Contact', 'host', '[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+'],
] as const

/** Of a re-INVITE. */
const KEEP = keep(['Via', 'via'], ['From', 'from'], ['To', 'to'], ['CSeq', 'cseq'], ...TARGET)

/** SIPp calls the user agent: INVITE, 200, ACK. */
function calling(): string[] {
  const invite = [
    'INVITE sip:b@[remote_ip]:[remote_port] SIP/2.0',
    'Via: SIP/2.0/UDP [here]:[local_port];branch=z9hG4bK-[call_id]-invite-1',
    'Max-Forwards: 70',
    'From: <sip:a@[here]:[local_port]>;tag=sipp-[call_number]',
    'To: <sip:b@[remote_ip]:[remote_port]>',
    'Call-ID: [call_id]',
    `CSeq: ${FIRST_CSEQ} INVITE`,
    'Contact: <sip:a@[here]:[local_port]>',
    ...media('[here]'),
  ]
  return [
    send(invite),
    ...PROVISIONAL,
    recv('response="200"', keep(['From', 'local'], ['To', 'remote'], ...TARGET)),
    send(request('ACK', 1)),
    '<pause milliseconds="300"/>',
  ]
}

/** The user agent calls SIPp. */
function called(): string[] {
  const ok = [
    'SIP/2.0 200 OK',
    '[last_Via:]',
    '[last_From:]',
    '[last_To:];tag=sipp-[call_number]',
    '[last_Call-ID:]',
    '[last_CSeq:]',
    'Contact: <sip:b@[here]:[local_port]>',
    ...media('[here]'),
  ]
  const learns = keep(['From', 'remote'], ['To', 'called'], ...TARGET)
  return [
    `<recv request="INVITE">${learns}</recv>`,
    send(ok),
    '<recv request="ACK"/>',
    '<nop><action><assignstr assign_to="local" value="[$called];tag=sipp-[call_number]"/></action></nop>',
    '<pause milliseconds="300"/>',
  ]
}

/** Whatever the call is in, it ends. */
function hangingUp(steps: readonly SuiteStep[]): string[] {
  const over = steps.some(
    ({ event, sends }) => event.kind === 'BYE' || (sends as readonly Sent[]).some(({ kind }) => kind === 'BYE'),
  )
  if (over) return []
  return BYE
}

/** A request within the dialog. */
function request(method: string, cseq: number, contact?: string, branch?: string): string[] {
  const transaction = branch ?? (method === 'INVITE' ? `invite-${cseq}` : `${method.toLowerCase()}-${cseq}`)
  const here = contact === undefined ? undefined : `[${keyOf(contact)}]`
  return [
    `${method} [$target] SIP/2.0`,
    `Via: SIP/2.0/UDP [here]:[local_port];branch=z9hG4bK-[call_id]-${transaction}`,
    'Max-Forwards: 70',
    'From:[$local]',
    'To:[$remote]',
    'Call-ID: [call_id]',
    `CSeq: ${FIRST_CSEQ + cseq - 1} ${method}`,
    ...(here === undefined ? ['Content-Length: 0'] : [`Contact: <sip:a@${here}:[local_port]>`, ...media(here)]),
  ]
}

/** An answer to the last INVITE that came. */
function response(status: string, contact?: string): string[] {
  const here = contact === undefined ? undefined : `[${keyOf(contact)}]`
  return [
    `SIP/2.0 ${status}`,
    'Via:[$via]',
    'From:[$from]',
    'To:[$to]',
    'Call-ID: [call_id]',
    'CSeq:[$cseq]',
    ...(here === undefined ? ['Content-Length: 0'] : [`Contact: <sip:a@${here}:[local_port]>`, ...media(here)]),
  ]
}

/** The user agent may have ended the call by itself. */
const BYE = [
  `<nop><action>${sendTo('[$host]')}</action></nop>`,
  send(request('BYE', 99)),
  '<recv response="481" optional="true" next="1"/>',
  '<recv response="200"/>',
  '<label id="1"/>',
]

const ANSWER = [
  'SIP/2.0 200 OK',
  '[last_Via:]',
  '[last_From:]',
  '[last_To:]',
  '[last_Call-ID:]',
  '[last_CSeq:]',
  'Content-Length: 0',
]

const media = (address: string): string[] => [
  'Content-Type: application/sdp',
  'Content-Length: [len]',
  '',
  'v=0',
  `o=a 1 1 IN IP4 ${address}`,
  's=-',
  `c=IN IP4 ${address}`,
  't=0 0',
  'm=audio 6000 RTP/AVP 0',
  'a=rtpmap:0 PCMU/8000',
]

/** Text within XML, and within a comment of it. */
const safe = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('--', '- -')
