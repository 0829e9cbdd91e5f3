import { SocketAddress } from 'node:net'

/** '2001:db8::1' as 16 octets; an embedded IPv4 address may be dotted. */
export function octetsOf(address: string): Buffer {
  const plain = new SocketAddress({ address, family: 'ipv6' }).address.replace(
    /(\d+)\.(\d+)\.(\d+)\.(\d+)$/,
    (_, ...four: string[]) => [0, 2].map((i) => (256 * Number(four[i]) + Number(four[i + 1])).toString(16)).join(':'),
  )
  const [head = '', tail] = plain.split('::')
  const words = (part: string | undefined): string[] => (part === undefined || part === '' ? [] : part.split(':'))
  const [before, after] = [words(head), words(tail)]
  const middle = Array.from({ length: 8 - before.length - after.length }, () => '0')
  const bytes = Buffer.alloc(16)
  for (const [i, word] of [...before, ...middle, ...after].entries())
    bytes.writeUInt16BE(Number.parseInt(word, 16), 2 * i)
  return bytes
}

/** 16 octets as '2001:db8::1' (RFC 5952, as the standard library writes it). */
export function textOf(octets: Buffer): string {
  const words = Array.from({ length: 8 }, (_, i) => octets.readUInt16BE(2 * i).toString(16))
  return new SocketAddress({ address: words.join(':'), family: 'ipv6' }).address
}
