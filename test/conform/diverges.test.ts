import { describe, expect, test } from 'vitest'
import { DIRECT, LOOK_UP, LOOSE, REPLACE, RESEND, verdictOf } from './judged.ts'

describe('real captures', () => {
  test('what is missing is named: a proxy that should have sent the INVITE again when the callee registered', () => {
    const { verdict } = verdictOf(LOOK_UP, 'sip/resend-add-branch')
    if (verdict.kind !== 'diverges') throw new Error(verdict.kind)
    expect([verdict.consumed, verdict.at]).toEqual([88, null])
    expect(verdict.instead[0]).toMatchObject({ could: expect.stringMatching(/^re-INVITE .* from server to a@1$/) })
  })

  test('what is missing is named: a proxy that should have sent the INVITE to the address that is registered now', () => {
    const { verdict } = verdictOf(LOOSE, 'sip/home-proxy-relookup')
    if (verdict.kind !== 'diverges') throw new Error(verdict.kind)
    expect([verdict.consumed, verdict.at]).toEqual([34, null])
    expect(verdict.instead[0]).toMatchObject({ could: expect.stringMatching(/^re-INVITE .* from server to b@1$/) })
  })

  test('what is missing is named: an initiator that should have said that it follows the responder', () => {
    const { verdict } = verdictOf('mobike-responder-moves', 'mobike/single-homed')
    if (verdict.kind !== 'diverges') throw new Error(verdict.kind)
    expect([verdict.consumed, verdict.at?.words]).toEqual([13, expect.stringMatching(/^CREATE_CHILD_SA request/)])
    expect(verdict.instead[0]).toMatchObject({
      could: expect.stringMatching(/^UPDATE_SA_ADDRESSES .* from a@0 to b@1$/),
    })
  })

  test('what was to be seen before a line is named with it: whoever knows a second address tries that one too', () => {
    const { verdict } = verdictOf('mobike-double-jump', 'mobike/initiator-multihomed')
    if (verdict.kind !== 'diverges') throw new Error(verdict.kind)
    expect(verdict.at?.line).toBe(13)
    expect(verdict.instead[0]?.because).toMatch(/^before it, ADDITIONAL_ADDRESSES .* to a elsewhere was to be seen$/)
  })

  test.each([
    [DIRECT, 'sip/resend-replace-branch', /INVITE .* from 10\.4\.0\.2 to 10\.1\.0\.2/],
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
    ['wireguard-double-jump', 'wireguard/re-resolve-both', /handshake initiation/],
    // Who has no persistent keepalive answers data with one, and says nothing else.
    ['wireguard-one-keepalive-its-end-moves', 'wireguard/roaming', /^keepalive from 10\.1\.0\.2:51820/],
    ['wireguard-double-jump-one-returns', 'wireguard/one-keepalive', /^keepalive from 10\.1\.0\.2:51820/],
    [RESEND, 'sip/home-proxy-rfc', /INVITE .* from 10\.9\.0\.1 to 10\.2\.0\.2/],
  ])('%s diverges from %s, at the right line', (name, target, line) => {
    const { verdict } = verdictOf(name, target)
    if (verdict.kind !== 'diverges') throw new Error(verdict.kind)
    expect(verdict.at?.words).toMatch(line)
    expect(verdict.instead.length).toBeGreaterThan(0)
    expect(verdict.survivors).toBeGreaterThan(0)
  })
})
