/**
 * Serial number arithmetic (RFC 1982, as RFC 6275 §9.5.1 uses it): whether `a` is newer than `b`, where numbers wrap round at
 * `modulus`. Exact as long as nothing older than half a round is still about.
 */
export function isNewer(a: number, b: number, modulus: number): boolean {
  const ahead = (((a - b) % modulus) + modulus) % modulus
  return ahead >= 1 && ahead <= modulus / 2
}

export const following = (a: number, modulus: number): number => (a + 1) % modulus
