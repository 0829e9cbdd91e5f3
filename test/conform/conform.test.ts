import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judge } from '../../conform/judge.ts'
import type { LogLine } from '../../conform/observation.ts'
import { doublejump } from '../cli/run.ts'
import { find } from '../protocols/ask.ts'

const captures = resolve(import.meta.dirname, 'captures')
const folder = mkdtempSync(join(tmpdir(), 'doublejump-conform-'))
const options = { most: 20_000, tolerance: 0.1 }

/** The captures as logs of JSON lines: the same packets as the pcapng files beside them. */
function logOf(name: string): LogLine[] {
  return readFileSync(join(captures, `${name}.ndjson`), 'utf8')
    .trim()
    .split('\n')
    .map((text, i) => {
      const { time, ...fields } = JSON.parse(text) as { time: number } & Record<string, string>
      return { line: i + 1, time, fields }
    })
}

function verdictOf(name: string, target: string, lines = logOf(name)) {
  const { protocol, variant } = find(target)
  return judge(protocol, variant, lines, options)
}

const ONE = 'sip-direct-one-move'
const DIRECT = 'sip-direct-double-jump'
const LOOSE = 'sip-proxy-loose-route-double-jump'
const LOOK_UP = 'sip-proxy-look-up-double-jump'
const RESEND = 'sip-proxy-relookup-resend-double-jump'
const REPLACE = 'sip-proxy-replace-double-jump'

describe('real captures', () => {
  test.each([
    [ONE, 'sip/direct', 3],
    [DIRECT, 'sip/direct', 16],
    [LOOSE, 'sip/home-proxy-rfc', 14],
    [LOOK_UP, 'sip/home-proxy-relookup', 80],
    [RESEND, 'sip/resend-add-branch', 76],
    [RESEND, 'sip/relookup-on-retransmit', 76],
    [REPLACE, 'sip/resend-replace-branch', 18],
    ['mipv6-double-jump', 'mipv6/ro-rfc', 33],
    ['mipv6-re-forwarding-double-jump', 'mipv6/home-address', 32],
    ['wireguard-double-jump', 'wireguard/roaming', 12],
    ['wireguard-one-move', 'wireguard/roaming', 2],
    ['mobike-double-jump', 'mobike/single-homed', 22],
    ['mobike-one-move', 'mobike/single-homed', 2],
  ])('%s conforms to %s, every line of it', (name, target, lines) => {
    const { verdict, mapped } = verdictOf(name, target)
    expect(verdict.kind).toBe('conforms')
    expect(mapped.seen.length).toBe(lines)
  })

  test('both moves of the double jump are inferred, and every packet is accounted for', () => {
    const { verdict } = verdictOf(DIRECT, 'sip/direct')
    if (verdict.kind !== 'conforms') throw new Error('it should')
    const moves = verdict.trace.steps.filter((step) => step.moves !== undefined).map(({ text }) => text)
    expect(moves.sort()).toEqual(['a leaves west-1/a', 'b leaves east-1/b'])
    expect(verdict.lines.flat().length).toBe(16)
    expect(verdict.trace.steps.some(({ kind }) => kind === 'fault')).toBe(false)
  })

  test('what is missing is named: a proxy that should have sent the INVITE again when the callee registered', () => {
    const { verdict } = verdictOf(LOOK_UP, 'sip/resend-add-branch')
    if (verdict.kind !== 'diverges') throw new Error(verdict.kind)
    expect([verdict.consumed, verdict.at]).toEqual([80, null])
    expect(verdict.instead[0]).toMatchObject({ could: expect.stringMatching(/^re-INVITE .* from server to a@1$/) })
  })

  test.each([
    [DIRECT, 'sip/resend-replace-branch', /INVITE .* from 10\.4\.0\.2 to 10\.1\.0\.2/],
    // The model's proxy has sent to the address that is registered now, and nothing shows it.
    [LOOSE, 'sip/home-proxy-relookup', /408 INVITE/],
    [LOOSE, 'sip/direct', /INVITE .* to 10\.9\.0\.1/],
    [LOOK_UP, 'sip/home-proxy-rfc', /INVITE .* from 10\.9\.0\.1 to 10\.4\.0\.2/],
    [RESEND, 'sip/resend-replace-branch', /408 INVITE/],
    [REPLACE, 'sip/home-proxy-relookup', /INVITE .* from 10\.9\.0\.1 to 10\.2\.0\.2/],
    ['mipv6-double-jump', 'mipv6/ro-seed', /HoTI/],
    // Without a wait of a second, and with one: what the home agents keep is sent on at once.
    ['mipv6-double-jump', 'mipv6/home-address', /BU/],
    ['mipv6-re-forwarding-double-jump', 'mipv6/ro-rfc', /CoTI .* to 2001:db8:18::2/],
    // Whoever knows a second address of its peer tries that one too.
    ['mobike-double-jump', 'mobike/responder-multihomed', /UPDATE_SA_ADDRESSES/],
    ['mobike-double-jump', 'mobike/initiator-multihomed', /ADDITIONAL_ADDRESSES/],
    ['wireguard-double-jump', 'wireguard/re-resolve-both', /handshake initiation/],
    [RESEND, 'sip/home-proxy-rfc', /INVITE .* from 10\.9\.0\.1 to 10\.2\.0\.2/],
  ])('%s diverges from %s, at the right line', (name, target, line) => {
    const { verdict } = verdictOf(name, target)
    if (verdict.kind !== 'diverges') throw new Error(verdict.kind)
    expect(verdict.at?.words).toMatch(line)
    expect(verdict.instead.length).toBeGreaterThan(0)
    expect(verdict.survivors).toBeGreaterThan(0)
  })
})

describe('who is who', () => {
  /** The same log with tags, and other Contacts. */
  const tagged = (name: string, contact: (uri: string) => string): LogLine[] => {
    const lines = logOf(name)
    const userOf = (uri = ''): string => /^sip:([^@]+)@/.exec(uri)?.[1] ?? ''
    const caller = userOf(lines[0]!.fields.contact)
    const callerAt = new Set(
      lines.flatMap(({ fields }) =>
        userOf(fields.contact) === caller && fields.src !== undefined ? [fields.src] : [],
      ),
    )
    return lines.map((line) => {
      const { src = '', dst = '', method, contact: uri } = line.fields
      const byCaller = callerAt.has(method === undefined ? dst : src)
      const tags = byCaller ? { fromTag: 'x', toTag: 'y' } : { fromTag: 'y', toTag: 'x' }
      return { ...line, fields: { ...line.fields, ...tags, ...(uri === undefined ? {} : { contact: contact(uri) }) } }
    })
  }

  test.each<[string, (uri: string) => string]>([
    ['users of the same name', (uri) => uri.replace(/^sip:[^@]+@/, 'sip:sipp@')],
    ['Contacts without a user', (uri) => uri.replace(/^sip:[^@]+@/, 'sip:')],
  ])('%s are told by their tags', (_, contact) => {
    for (const [name, lines] of [
      [ONE, 3],
      [DIRECT, 16],
    ] as const) {
      const { verdict, mapped } = verdictOf(name, 'sip/direct', tagged(name, contact))
      expect([verdict.kind, mapped.seen.length]).toEqual(['conforms', lines])
    }
  })

  test('without tags and with one user there is no telling', () => {
    const lines = logOf(ONE).map((line) => ({
      ...line,
      fields: line.fields.contact === undefined ? line.fields : { ...line.fields, contact: 'sip:sipp@10.1.0.2' },
    }))
    expect(() => verdictOf(ONE, 'sip/direct', lines)).toThrow(/does not tell who calls whom/)
  })
})

test('asked of a whole protocol, it says which variants the log is a run of', () => {
  const path = join(captures, `${ONE}.ndjson`)
  const { code, out } = doublejump(['conform', path, '--protocol', 'sip', '--json'])
  expect(code).toBe(0)
  const verdicts = Object.fromEntries(
    JSON.parse(out).variants.map((row: { variant: string; verdict: string }) => [row.variant, row.verdict]),
  )
  expect(verdicts).toMatchObject({ direct: 'conforms', 'home-proxy-rfc': 'diverges', 'resend-add-branch': 'diverges' })
  expect(doublejump(['conform', path, '--protocol', 'sip']).out).toMatch(/home-proxy-rfc +diverges +0\/3 +line 9 /)
})

describe('a capture with one packet altered', () => {
  const kind = (lines: LogLine[], target = 'sip/direct', name = DIRECT) => verdictOf(name, target, lines).verdict.kind
  /** The lines of the call after it was set up, by position. */
  const inTheCall = (lines: readonly LogLine[], wanted: (line: LogLine) => boolean): number[] =>
    lines.flatMap((line, i) => (line.time > 10 && wanted(line) ? [i] : []))
  const changed = (lines: LogLine[], i: number, fields: Record<string, string>): LogLine[] =>
    lines.map((line, k) => (k === i ? { ...line, fields: { ...line.fields, ...fields } } : line))

  test('a Contact that says another place than the packet comes from', () => {
    const lines = logOf(DIRECT)
    fc.assert(
      fc.property(fc.constantFrom(...inTheCall(lines, ({ fields }) => fields.method === 'INVITE')), (i) => {
        const other = lines[i]!.fields.contact!.replace(/@10\.\d/, '@10.7')
        expect(kind(changed(lines, i, { contact: other }))).not.toBe('conforms')
      }),
      { numRuns: 6 },
    )
  })

  test('a CSeq that goes back', () => {
    const lines = logOf(DIRECT)
    const own = inTheCall(lines, ({ fields }) => fields.method === 'INVITE' && fields.src === '10.4.0.2')
    // In the middle of its retransmissions a request has another number.
    expect(kind(changed(lines, own[3]!, { cseq: '52399' }))).not.toBe('conforms')
  })

  test('a 200 in the place of a 491', () => {
    const lines = logOf(RESEND)
    const errors = inTheCall(lines, ({ fields }) => fields.status === '491')
    fc.assert(
      fc.property(fc.constantFrom(...errors.slice(0, 6)), (i) => {
        expect(kind(changed(lines, i, { status: '200' }), 'sip/resend-add-branch', RESEND)).not.toBe('conforms')
      }),
      { numRuns: 4 },
    )
  })

  test('one answer removed: nothing that the model could have done explains it', () => {
    const lines = logOf(ONE)
    // The router shows it on both its sides: one of the two may be missing.
    const [coming, going] = inTheCall(lines, ({ fields }) => fields.status === '200')
    const without = (...gone: (number | undefined)[]) => lines.filter((_, i) => !gone.includes(i))
    expect(kind(without(coming), 'sip/direct', ONE)).toBe('conforms')
    expect(kind(without(coming, going), 'sip/direct', ONE)).not.toBe('conforms')
  })

  test('one retransmission removed: fewer of them are no contradiction', () => {
    const lines = logOf(DIRECT)
    const invites = inTheCall(lines, ({ fields }) => fields.method === 'INVITE' && fields.src === '10.4.0.2')
    fc.assert(
      fc.property(fc.constantFrom(...invites.slice(1)), (i) => {
        expect(kind(lines.filter((_, k) => k !== i))).toBe('conforms')
      }),
      { numRuns: 3 },
    )
  })

  test('two swapped: an answer before its question', () => {
    const lines = logOf(ONE)
    const invite = inTheCall(lines, ({ fields }) => fields.method === 'INVITE')[0]!
    const answer = inTheCall(lines, ({ fields }) => fields.status === '200')[0]!
    const swapped = lines.map((line, i) =>
      i === invite
        ? { ...lines[answer]!, time: line.time }
        : i === answer
          ? { ...lines[invite]!, time: line.time }
          : line,
    )
    expect(kind(swapped, 'sip/direct', ONE)).not.toBe('conforms')
  })

  test('one duplicated: at once it is the other side of the router, later a retransmission too many or one that is allowed', () => {
    const lines = logOf(DIRECT)
    const invite = inTheCall(lines, ({ fields }) => fields.method === 'INVITE')[0]!
    const twice = [
      ...lines.slice(0, invite + 1),
      { ...lines[invite]!, time: lines[invite]!.time + 0.0001 },
      ...lines.slice(invite + 1),
    ]
    expect(kind(twice)).toBe('conforms')
    // Seven sends are all that Timer A makes before Timer B.
    const bye = inTheCall(lines, ({ fields }) => fields.method === 'BYE' && fields.src === '10.4.0.2')[0]!
    const late = [...lines.slice(0, bye), { ...lines[invite]!, time: lines[bye]!.time - 0.2 }, ...lines.slice(bye)]
    expect(kind(late)).not.toBe('conforms')
  })

  test('a BYE long before Timer B', () => {
    const lines = logOf(DIRECT)
    const bye = inTheCall(lines, ({ fields }) => fields.method === 'BYE')[0]!
    const second = inTheCall(lines, ({ fields }) => fields.method === 'INVITE' && fields.src === '10.4.0.2')[1]!
    const early = lines.filter((_, i) => i !== bye)
    early.splice(second + 1, 0, { ...lines[bye]!, time: lines[second]!.time + 0.1 })
    expect(kind(early)).not.toBe('conforms')
  })
})

describe('logs that cannot be judged', () => {
  const conform = (name: string, content: string | Buffer, target = 'sip/direct') => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return doublejump(['conform', path, '--protocol', target])
  }

  test.each([
    ['empty.ndjson', '', /the log is empty/],
    ['junk.ndjson', '\u0000\u0001binary', /it is no JSON/],
    ['list.ndjson', '[1]\n', /no JSON object/],
    ['no-time.ndjson', '{"method":"INVITE"}\n', /'time' is no number/],
    ['deep.ndjson', '{"time":1,"method":{}}\n', /neither a text nor a number/],
    ['other.ndjson', '{"time":1,"src":"10.0.0.1","dst":"10.0.0.2"}\n', /No line of the log is an INVITE/],
    ['junk.pcapng', 'this is no capture at all', /which no capture does/],
    ['truncated.pcapng', readFileSync(join(captures, `${DIRECT}.pcapng`)).subarray(0, 5000), /cut off/],
  ])('%s', (name, content, message) => {
    const { code, err, out } = conform(name, content)
    expect(code).toBe(10)
    expect(err).toMatch(message)
    expect(out).not.toContain('conforms')
  })

  test('a protocol without a mapping, a variant that is not one, a file that is not there', () => {
    const path = join(captures, `${DIRECT}.ndjson`)
    expect(doublejump(['conform', path, '--protocol', 'quic/peer-to-peer']).err).toMatch(
      /no mapping of logs for 'quic'/,
    )
    expect(doublejump(['conform', path, '--protocol', 'sip/nothing']).code).toBe(10)
    expect(doublejump(['conform', join(folder, 'nothing.pcapng'), '--protocol', 'sip/direct']).code).toBe(10)
  })

  test('a line that does not end is refused in bounded memory', () => {
    const path = join(folder, 'endless.ndjson')
    const file = openSync(path, 'w')
    const chunk = 'x'.repeat(1 << 20)
    for (let i = 0; i < 64; i++) writeSync(file, chunk)
    closeSync(file)
    const { code, err } = doublejump(['conform', path, '--protocol', 'sip/direct'], {
      env: { NODE_OPTIONS: '--max-old-space-size=120' },
    })
    expect(code).toBe(10)
    expect(err).toMatch(/more than 1000000 characters/)
  })

  test('a log of 100,000 lines', () => {
    const lines = logOf(ONE)
    const noise = Array.from({ length: 100_000 }, (_, i) => ({
      time: 70 + i / 100,
      src: '10.8.0.1',
      dst: '10.8.0.2',
      method: 'OPTIONS',
      cseq: String(i),
      cseqMethod: 'OPTIONS',
      callId: 'other',
      branch: `z${i}`,
    }))
    const path = join(folder, 'long.ndjson')
    writeFileSync(
      path,
      [...lines.map(({ time, fields }) => ({ time, ...fields })), ...noise]
        .map((line) => JSON.stringify(line))
        .join('\n'),
    )
    const { code, out } = doublejump(['conform', path, '--protocol', 'sip/direct', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ verdict: 'conforms', consumed: 3, of: 3 })
  })
})

const tshark = spawnSync('tshark', ['--version']).status === 0
describe.skipIf(!tshark)(tshark ? 'captures by tshark' : 'skipped: tshark is not installed', () => {
  test('IPv6 in UDP (RFC 5555) is read as Mobile IPv6', () => {
    const { code, out } = doublejump([
      'conform',
      join(captures, 'mipv6-double-jump.pcapng'),
      '--protocol',
      'mipv6/ro-rfc',
      '--json',
    ])
    expect([code, JSON.parse(out).consumed]).toEqual([0, 33])
  })

  test('a capture and its log of JSON lines say the same', () => {
    const capture = doublejump(['conform', join(captures, `${DIRECT}.pcapng`), '--protocol', 'sip/direct', '--json'])
    expect(capture.code).toBe(0)
    const { verdict, consumed, of, hidden } = JSON.parse(capture.out)
    expect([verdict, consumed, of]).toEqual(['conforms', 16, 16])
    expect(hidden.moves.length).toBe(2)
    expect(
      doublejump(['conform', join(captures, `${DIRECT}.pcapng`), '--protocol', 'sip/resend-replace-branch']).code,
    ).toBe(12)
  })
})
