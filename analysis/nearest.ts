import { distance } from 'fastest-levenshtein'

/** The three names that a slip of the finger is likeliest to have meant. */
export function nearest(name: string, known: readonly string[]): string[] {
  return [...new Set(known)]
    .map((candidate) => ({ candidate, far: distance(name, candidate) }))
    .sort((one, other) => one.far - other.far)
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}
