import { createHash } from 'node:crypto'

/** The SHA-256 digest of some texts, in hexadecimal digits; none is the beginning of another's by chance, since each goes in with its length. */
export function digestOf(texts: Iterable<string | Uint8Array>): string {
  const hash = createHash('sha256')
  for (const text of texts) hash.update(`${text.length}:`).update(text)
  return hash.digest('hex')
}
