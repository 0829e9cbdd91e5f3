/** A checksum, gone on with. */
export function checksum(sum: number, words: Int32Array, count: number): number {
  let now = sum
  for (let i = 0; i < count; i++) now = mixed(now, words[i] as number)
  return now
}

export function checksumOf(text: string): number {
  let now = 0
  for (let i = 0; i < text.length; i++) now = mixed(now, text.charCodeAt(i))
  return now
}

/** A checksum with one more word. */
export const mixed = (sum: number, word: number): number => Math.imul(((sum << 5) | (sum >>> 27)) ^ word, 0x9e3779b1)
