import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { protocols } from '../../spec/protocols.ts'
import { pcapng } from '../../wire/pcapng.ts'
import { udpOverIpv4 } from '../../wire/udp.ts'
import { doublejump } from '../cli/run.ts'
import { sample } from '../full.ts'
import { describeWith, tshark } from '../programs.ts'

const folder = mkdtempSync(join(tmpdir(), 'doublejump-wire-'))
const variants = protocols.find(({ name }) => name === 'sip')!.variants.map(({ name }) => name)

/** A counterexample as a capture in a file. */
function captureOf(variant: string, property: string, protocol = 'sip'): string {
  const path = join(folder, `${protocol}-${variant}-${property}.pcapng`)
  const target = `${protocol}/${variant}`
  const { code, bytes, err } = doublejump(['explain', target, '--property', property, '--format', 'pcapng'])
  expect(code).toBe(0)
  writeFileSync(path, bytes)
  if (err.includes('No clock could have this run')) impossible.add(path)
  return path
}

/** Captures of runs that no clock could have, as is said of them. */
const impossible = new Set<string>()

/** One of its counterexamples is of tries that end before a host has moved, as they do without a clock only: a real user agent goes on. */
const isSpentTooEarly = (variant: string): boolean => variant === 'interceptor-acknowledged'

test('a protocol without a form on the wire is a clear error', () => {
  const { code, err } = doublejump([
    'explain',
    'quic/peer-to-peer',
    '--property',
    'binding-eventually-correct',
    '--format',
    'pcapng',
  ])
  expect(code).toBe(10)
  expect(err).toMatch(/'quic' cannot be written as packets yet/)
})

const fields = (path: string, ...names: string[]): string[][] =>
  spawnSync(
    'tshark',
    [
      ...['-r', path, '-T', 'fields', '-o', 'ip.check_checksum:TRUE', '-o', 'udp.check_checksum:TRUE'],
      ...names.flatMap((name) => ['-e', name]),
    ],
    { encoding: 'utf8' },
  )
    .stdout.replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t'))

describeWith(tshark, 'read back by tshark', () => {
  test('with a clock, packets have the instants of their steps, to the microsecond and in order', () => {
    const path = join(folder, 'timed.pcapng')
    const asked = ['sip/direct', '--scenario', 'both-move', '--property', 'session-survives', '--given', 'd=25']
    const { code, bytes } = doublejump(['explain', ...asked, '--format', 'pcapng'])
    expect(code).toBe(0)
    writeFileSync(path, bytes)
    const sent = fields(path, 'frame.time_epoch', 'sip.Method').map(
      ([at, method]) => [Number(at) * 1000, method] as const,
    )
    const registered = sent.findIndex(([, method]) => method === 'REGISTER')
    const milliseconds = sent.map(([at]) => at - sent[registered]![0])
    // REGISTER and re-INVITE leave at one instant; the answer leaves one way after that.
    expect(sent[registered + 1]![1]).toBe('INVITE')
    expect(milliseconds[registered + 1]).toBeGreaterThan(0)
    expect(milliseconds[registered + 1]).toBeLessThan(0.01)
    expect(milliseconds[registered + 2]).toBeCloseTo(25, 1)
  })

  test('headers, checksums, and every field of the messages', () => {
    const path = captureOf('direct', 'binding-eventually-correct')
    const [invite, ok, ack, ...rest] = fields(
      path,
      'ip.checksum.status',
      'udp.checksum.status',
      'ip.src',
      'ip.dst',
      'sip.Method',
      'sip.Status-Code',
      'sip.CSeq.seq',
      'sip.CSeq.method',
      'sip.contact.uri',
      'sdp.connection_info.address',
      '_ws.malformed',
    )
    const [A, B] = [invite![2]!, invite![3]!]
    expect(invite).toEqual(['1', '1', A, B, 'INVITE', '', '100', 'INVITE', `sip:a@${A}:5060`, A, ''])
    expect(ok).toEqual(['1', '1', B, A, '', '200', '100', 'INVITE', `sip:b@${B}:5060`, B, ''])
    expect(ack).toEqual(['1', '1', A, B, 'ACK', '', '100', 'ACK', '', '', ''])
    expect(rest.length).toBeGreaterThan(8)
    for (const packet of rest) expect([packet[0], packet[1], packet.at(-1)]).toEqual(['1', '1', ''])
    // Timer B ends both: 32 seconds after the first re-INVITE.
    const times = fields(path, 'frame.time_relative', 'sip.Method')
    const first = times.slice(3).find(([, method]) => method === 'INVITE')!
    const bye = times.find(([, method]) => method === 'BYE')!
    expect(Number(bye[0]) - Number(first[0])).toBeCloseTo(32, 0)
  })

  test('Mobility Headers: addresses, options, numbers, lifetimes in units of 4 s', () => {
    const path = captureOf('ro-seed', 'binding-eventually-correct', 'mipv6')
    const rows = fields(
      path,
      'ipv6.src',
      'ipv6.dst',
      'mip6.mhtype',
      'mip6.bu.seqnr',
      'mip6.bu.h_flag',
      'mip6.bu.lifetime',
      'ipv6.opt.mipv6.home_address',
      'ipv6.routing.mipv6.home_address',
      'mip6.acoa.acoa',
      'mip6.ni.hni',
      '_ws.malformed',
    )
    const [home, acknowledgement] = rows
    const [careOf, agent] = [home![0]!, home![1]!]
    const address = home![6]!
    expect(home).toEqual([careOf, agent, '5', '1000', '1', '450', address, '', careOf, '', ''])
    expect(acknowledgement).toEqual([agent, careOf, '6', '', '', '', '', address, '', '', ''])
    const update = rows.find((row) => row[4] === '0')!
    expect(update.slice(0, 10)).toEqual([careOf, expect.any(String), '5', '5000', '0', '105', address, '', '', '1'])
    // A Home Test Init goes by the home agent: two headers, the inner one from the home address.
    const tunnelled = rows.find((row) => row[2] === '1')!
    expect(tunnelled[0]).toBe(`${careOf},${address}`)
    expect(tunnelled[1]).toMatch(`${agent},`)
    expect(rows.every((row) => row.at(-1) === '')).toBe(true)
    expect(rows.some((row) => row[3] === '1001' && row[0] !== careOf)).toBe(true)
  })

  test('MIPv4 registrations: checksums, flags, lifetimes, Identification', () => {
    const path = captureOf('co-located', 'binding-eventually-correct', 'mip')
    const rows = fields(
      path,
      'ip.checksum.status',
      'udp.checksum.status',
      'udp.dstport',
      'ip.src',
      'ip.dst',
      'mip.type',
      'mip.d',
      'mip.life',
      'mip.homeaddr',
      'mip.haaddr',
      'mip.coa',
      'mip.code',
      'mip.auth.spi',
      '_ws.malformed',
    )
    const [request, reply] = rows
    const [careOf, agent, home] = [request![3]!, request![4]!, request![8]!]
    expect(request).toEqual([
      '1',
      '1',
      '434',
      careOf,
      agent,
      '1',
      '1',
      '1800',
      home,
      agent,
      careOf,
      '',
      '0x00000100',
      '',
    ])
    expect(reply).toEqual(['1', '1', '434', agent, careOf, '3', '', '1800', home, agent, '', '0', '0x00000100', ''])
    const ids = new Set(fields(path, 'mip.type', 'mip.homeaddr', 'mip.ident').map((row) => row.join(' ')))
    expect(ids.size).toBeGreaterThan(4)
  })

  test('HIP UPDATEs: checksum, tags, parameters in order', () => {
    const path = captureOf('direct', 'binding-eventually-correct', 'hip')
    const rows = fields(
      path,
      'hip.checksum.status',
      'hip.version',
      'hip.packet_type',
      'hip.hit_sndr',
      'hip.hit_rcvr',
      'hip.type',
      'hip.tlv_seq_update_id',
      'ipv6.src',
      'hip.tlv.locator_address',
      '_ws.malformed',
    )
    const [sender, receiver, here] = [rows[0]![3]!, rows[0]![4]!, rows[0]![7]!]
    expect(rows[0]).toEqual([
      ...['1', '2', '16', sender, receiver, '65,193,385,61505', '0x00000065'],
      ...[here, `${here},${here}`, ''],
    ])
    expect(rows.find((row) => row[2] === '18')?.slice(3, 6)).toEqual([sender, receiver, '897,61505'])
    expect(rows.every((row) => row[0] === '1' && row.at(-1) === '')).toBe(true)
  })

  test('a broken checksum shows', () => {
    const bytes = udpOverIpv4('10.0.0.1', '10.0.0.2', 5060, Buffer.from('SIP/2.0 200 OK\r\n\r\n'))
    bytes[30]! ^= 1
    const path = join(folder, 'broken.pcapng')
    writeFileSync(path, pcapng([{ seconds: 0, bytes }]))
    expect(fields(path, 'ip.checksum.status', 'udp.checksum.status')).toEqual([['1', '0']])
  })

  test.each(
    sample(
      variants.flatMap((variant) =>
        ['binding-eventually-correct', 'session-survives'].map((property) => [variant, property]),
      ),
      7,
    ),
  )('round trip: the counterexample of %s to %s conforms to it', (variant, property) => {
    const path = captureOf(variant!, property!)
    const { code, out } = doublejump(['conform', path, '--protocol', `sip/${variant}`, '--json'])
    const { verdict, consumed, of, because } = JSON.parse(out)
    // What is overdue by less than the tolerance when the run ends conforms all the same.
    const isTolerated = impossible.has(path) && code === 0
    if (!isTolerated && (impossible.has(path) || isSpentTooEarly(variant!))) {
      expect([code, verdict]).toEqual([12, 'diverges'])
      expect(because[0].because).toMatch(/was to be seen|was to fire|its timer is not due/)
      return
    }
    expect([code, verdict, consumed]).toEqual([0, 'conforms', of])
    expect(of).toBeGreaterThan(10)
  })

  test('and to nothing else: a run by proxies is none without them, and the other way round', () => {
    const proxied = captureOf('home-proxy-rfc', 'session-survives')
    expect(doublejump(['conform', proxied, '--protocol', 'sip/direct']).code).toBe(12)
    const direct = captureOf('direct', 'session-survives')
    expect(doublejump(['conform', direct, '--protocol', 'sip/home-proxy-rfc']).code).toBe(12)
    expect(readFileSync(direct).equals(readFileSync(proxied))).toBe(false)
  })
})
