import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { protocols } from '../../spec/protocols.ts'
import { pcapng } from '../../wire/pcapng.ts'
import { udpOverIpv4 } from '../../wire/udp.ts'
import { doublejump } from '../cli/run.ts'

const folder = mkdtempSync(join(tmpdir(), 'doublejump-wire-'))
const variants = protocols.find(({ name }) => name === 'sip')!.variants.map(({ name }) => name)

/** A counterexample as a capture in a file. */
function captureOf(variant: string, property: string): string {
  const path = join(folder, `${variant}-${property}.pcapng`)
  const { code, bytes } = doublejumpBytes(['explain', `sip/${variant}`, '--property', property, '--format', 'pcapng'])
  expect(code).toBe(0)
  writeFileSync(path, bytes)
  return path
}

function doublejumpBytes(args: string[]): { code: number | null; bytes: Buffer } {
  const { status, stdout } = spawnSync('node', ['bin/doublejump.js', ...args], { maxBuffer: 1 << 28 })
  return { code: status, bytes: stdout }
}

test('a protocol without a form on the wire is a clear error', () => {
  const { code, err } = doublejump([
    'explain',
    'hip/direct',
    '--property',
    'binding-eventually-correct',
    '--format',
    'pcapng',
  ])
  expect(code).toBe(10)
  expect(err).toMatch(/'hip' cannot be written as packets yet/)
})

const tshark = spawnSync('tshark', ['--version']).status === 0
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

describe.skipIf(!tshark)(tshark ? 'read back by tshark' : 'skipped: tshark is not installed', () => {
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

  test('a broken checksum shows', () => {
    const bytes = udpOverIpv4('10.0.0.1', '10.0.0.2', 5060, Buffer.from('SIP/2.0 200 OK\r\n\r\n'))
    bytes[30]! ^= 1
    const path = join(folder, 'broken.pcapng')
    writeFileSync(path, pcapng([{ seconds: 0, bytes }]))
    expect(fields(path, 'ip.checksum.status', 'udp.checksum.status')).toEqual([['1', '0']])
  })

  test.each(
    variants.flatMap((variant) =>
      ['binding-eventually-correct', 'session-survives'].map((property) => [variant, property]),
    ),
  )('round trip: the counterexample of %s to %s conforms to it', (variant, property) => {
    const path = captureOf(variant!, property!)
    const { code, out } = doublejump(['conform', path, '--protocol', `sip/${variant}`, '--json'])
    const { verdict, consumed, of } = JSON.parse(out)
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
