import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { mappings } from '../../conform/judge.ts'
import { displayFilterOf } from '../../conform/mapping.ts'
import { describeWith, tshark } from '../programs.ts'
import { captures, logOf } from './judged.ts'

const page = readFileSync(resolve(import.meta.dirname, '../../docs/wireshark.md'), 'utf8')

test('the page for users of Wireshark has the filter of each mapping that reads captures, and no other', () => {
  const told = page.split('\n').flatMap((line) => {
    const [, protocol, filter] = /^\| `(\S+)` \| `(.*and not icmpv6)` \|$/.exec(line) ?? []
    return protocol === undefined ? [] : [[protocol, filter]]
  })
  expect(told).toEqual(Object.entries(mappings).map(([name, { capture }]) => [name, displayFilterOf(capture)]))
})

describeWith(tshark, 'by tshark', () => {
  test.each([
    ['sip', 'sip-proxy-look-up-double-jump'],
    ['mipv6', 'mipv6-double-jump'],
    ['wireguard', 'wireguard-translated-port-changes'],
    ['mobike', 'mobike-one-move'],
    ['quic', 'quic-one-move'],
  ] as const)('what the filter of %s lets through of %s is what is read', (protocol, name) => {
    const { capture } = mappings[protocol]!
    const decodeAs = (capture.decodeAs ?? []).flatMap((one) => ['-d', one])
    const file = join(captures, `${name}.pcapng`)
    const shown = execFileSync('tshark', ['-r', file, ...decodeAs, '-Y', displayFilterOf(capture)], { stdio: 'pipe' })
    expect(String(shown).trim().split('\n').length).toBe(logOf(name).length)
  })
})
