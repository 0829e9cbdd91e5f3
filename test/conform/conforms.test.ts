import { describe, expect, test } from 'vitest'
import { DIRECT, LOOK_UP, LOOSE, ONE, REPLACE, RESEND, verdictOf } from './judged.ts'

describe('real captures', () => {
  test.each([
    [ONE, 'sip/direct', 3],
    [DIRECT, 'sip/direct', 36],
    [LOOSE, 'sip/home-proxy-rfc', 34],
    [LOOK_UP, 'sip/home-proxy-relookup', 88],
    [RESEND, 'sip/resend-add-branch', 78],
    [RESEND, 'sip/relookup-on-retransmit', 78],
    [REPLACE, 'sip/resend-replace-branch', 18],
    ['sip-direct-callee-moves-and-caller-hangs-up', 'sip/direct', 5],
    ['sip-direct-caller-moves-and-returns', 'sip/direct', 8],
    ['sip-direct-double-jump-caller-returns-and-hangs-up', 'sip/direct', 26],
    ['sip-proxy-look-up-refused-caller-hangs-up', 'sip/home-proxy-relookup', 13],
    ['mipv6-double-jump', 'mipv6/ro-rfc', 33],
    ['mipv6-re-forwarding-double-jump', 'mipv6/home-address', 32],
    ['wireguard-double-jump', 'wireguard/roaming', 17],
    ['wireguard-one-move', 'wireguard/roaming', 7],
    ['wireguard-one-keepalive-its-end-moves', 'wireguard/one-keepalive', 40],
    ['wireguard-double-jump-one-returns', 'wireguard/persistent-keepalive', 56],
    ['wireguard-translated-port-changes', 'wireguard/persistent-keepalive', 55],
    ['mobike-double-jump', 'mobike/single-homed', 26],
    ['mobike-one-move', 'mobike/single-homed', 10],
    ['mobike-responder-moves', 'mobike/silent-initiator', 38],
    ['mobike-double-jump-initiator-returns', 'mobike/silent-initiator', 60],
    ['mobike-double-jump-initiator-returns', 'mobike/single-homed', 60],
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
    expect(verdict.lines.flat().length).toBe(36)
    expect(verdict.trace.steps.some(({ kind }) => kind === 'fault')).toBe(false)
  })
})
