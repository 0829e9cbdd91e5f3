import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeIpv6, encodeIpv6, type Ipv6Packet } from '../../wire/ipv6.ts'
import { octetsOf, textOf } from '../../wire/ipv6-address.ts'
import { authenticatorFor, bindingKey, keygenToken, type MobilityMessage } from '../../wire/mobility-header.ts'

const octets = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((all) => Buffer.from(all))
const address = octets(16).map(textOf)
const u16 = fc.nat(0xffff)
const optional = <T>(name: string, value: fc.Arbitrary<T>) =>
  fc.option(
    value.map((one) => ({ [name]: one })),
    { nil: {} },
  )

const message: fc.Arbitrary<MobilityMessage> = fc.oneof(
  fc.record({ type: fc.constantFrom('HoTI' as const, 'CoTI' as const), cookie: octets(8) }),
  fc.record({
    type: fc.constantFrom('HoT' as const, 'CoT' as const),
    nonceIndex: u16,
    cookie: octets(8),
    token: octets(8),
  }),
  fc
    .tuple(
      fc.record({ seq: u16, acknowledge: fc.boolean(), home: fc.boolean(), lifetime: u16 }),
      optional('alternateCareOf', address),
      optional('nonceIndices', fc.record({ home: u16, careOf: u16 })),
      optional('authenticator', octets(12)),
    )
    .map((parts) => Object.assign({ type: 'BU' as const }, ...parts)),
  fc
    .tuple(fc.record({ status: fc.nat(255), seq: u16, lifetime: u16 }), optional('authenticator', octets(12)))
    .map((parts) => Object.assign({ type: 'BA' as const }, ...parts)),
)
const packet: fc.Arbitrary<Ipv6Packet> = fc.oneof(
  { depthSize: 'small', withCrossShrink: true },
  fc
    .tuple(
      fc.record({
        source: address,
        destination: address,
        hopLimit: fc.nat(255),
        payload: fc.record({ mobility: message }),
      }),
      optional('homeAddress', address),
      optional('routingHome', address),
    )
    .map((parts) => Object.assign({}, ...parts)),
)
const tunnelled = fc
  .record({ source: address, destination: address, hopLimit: fc.nat(255), inner: packet })
  .map(({ inner, ...outer }): Ipv6Packet => ({ ...outer, payload: { tunnel: inner } }))

describe('IPv6 packets with Mobility Headers', () => {
  test('what is written is read: every message, option and tunnel', () => {
    fc.assert(
      fc.property(fc.oneof(packet, tunnelled), (one) => {
        expect(decodeIpv6(encodeIpv6(one))).toEqual(one)
      }),
    )
  })

  test('a Mobility Header is a multiple of 8 octets, and its length says so', () => {
    fc.assert(
      fc.property(packet, ({ source, destination, payload }) => {
        const bytes = encodeIpv6({ source, destination, hopLimit: 64, payload })
        expect((bytes.length - 40) % 8).toBe(0)
        expect((bytes[41]! + 1) * 8).toBe(bytes.length - 40)
      }),
    )
  })

  /** Where the addresses of an IPv6 header are (RFC 8200 §3). */
  const [ADDRESSES, ADDRESSES_END] = [8, 40]

  test('any bit of the Mobility Header or of an address that flips is noticed', () => {
    fc.assert(
      fc.property(packet, fc.nat(), (one, where) => {
        const sent = { ...one, hopLimit: 0 }
        const bytes = encodeIpv6(sent)
        // Extension headers have octets that say nothing: reserved ones, and padding.
        const { source, destination, payload } = one
        const header = encodeIpv6({ source, destination, hopLimit: 0, payload }).length - ADDRESSES_END
        const bit = where % ((ADDRESSES_END - ADDRESSES + header) * 8)
        const octet = ADDRESSES + (bit >> 3)
        bytes[octet < ADDRESSES_END ? octet : bytes.length - header + (octet - ADDRESSES_END)]! ^= 1 << (bit & 7)
        let read: Ipv6Packet | null = null
        try {
          read = decodeIpv6(bytes)
        } catch {}
        // A flipped bit in an extension header may hide a care-of address that no checksum covers (RFC 6275 §6.1.1).
        if (one.homeAddress === undefined && one.routingHome === undefined) expect(read).toBeNull()
        else expect(read).not.toEqual(sent)
      }),
    )
  })

  test('cut off anywhere it is an error, never a message', () => {
    fc.assert(
      fc.property(packet, fc.nat(), (one, where) => {
        const bytes = encodeIpv6(one)
        expect(() => decodeIpv6(bytes.subarray(0, where % bytes.length))).toThrow()
      }),
    )
  })

  test('addresses, as octets and as text', () => {
    expect(textOf(octetsOf('::ffff:10.0.0.1'))).toBe('::ffff:10.0.0.1')
    expect(octetsOf('2001:db8::1').toString('hex')).toBe('20010db8000000000000000000000001')
    fc.assert(fc.property(octets(16), (one) => octetsOf(textOf(one)).equals(one)))
  })
})

describe('return routability (RFC 6275 §5.2.5, §6.2.7)', () => {
  const nonce = Buffer.alloc(8, 3)
  const key = Buffer.alloc(20, 7)
  const update = {
    type: 'BU',
    seq: 1,
    acknowledge: true,
    home: false,
    lifetime: 105,
    nonceIndices: { home: 1, careOf: 1 },
  } as const

  test('a token is of its address, its nonce and its kind', () => {
    const token = keygenToken(key, '2001:db8::1', nonce, 'home')
    expect(token.length).toBe(8)
    for (const other of [
      keygenToken(key, '2001:db8::2', nonce, 'home'),
      keygenToken(key, '2001:db8::1', Buffer.alloc(8, 4), 'home'),
      keygenToken(key, '2001:db8::1', nonce, 'care-of'),
      keygenToken(Buffer.alloc(20, 8), '2001:db8::1', nonce, 'home'),
    ]) {
      expect(other.equals(token)).toBe(false)
    }
  })

  test('an authenticator covers the tokens, the addresses and the message', () => {
    const [home, careOf] = [Buffer.alloc(8, 1), Buffer.alloc(8, 2)]
    const kbm = bindingKey(home, careOf)
    const right = authenticatorFor(kbm, '2001:db8:1::1', '2001:db8:2::1', update)
    expect(right.length).toBe(12)
    for (const other of [
      authenticatorFor(bindingKey(careOf, home), '2001:db8:1::1', '2001:db8:2::1', update),
      authenticatorFor(kbm, '2001:db8:1::2', '2001:db8:2::1', update),
      authenticatorFor(kbm, '2001:db8:1::1', '2001:db8:2::2', update),
      authenticatorFor(kbm, '2001:db8:1::1', '2001:db8:2::1', { ...update, seq: 2 }),
    ]) {
      expect(other.equals(right)).toBe(false)
    }
  })
})
