import fc from 'fast-check'

/** What means something somewhere: in XML, Markdown, DOT, mscgen, Mermaid, PlantUML, or to a terminal. */
// biome-ignore format: a list to read
const TOKENS = [
  '"', "'", '\\', '\\n', '\\\\', '\n', '\r\n', '\t', ';', '#', '|', '`', '``', '<', '>', '<b>', '</svg>', '<!--',
  ']]>', '&', '&amp;', '&#60;', '%', '%%', '%%{', '::', ': ', '{', '}', '[', ']', '[[', '(', ')', '~', '~~', '**x**',
  '__x__', '//x//', '--x--', '""x""', '..x..', '**', '__', '//', '--', '->', '->>', '$$', '@', '!', 'end', 'End',
  'END', 'loop', 'wrap:', 'nowrap: ', '=', '==', '+', '*', '_', '^', '.', '..', ',', ' ', '  ', 'é', '→', '移動', '😀',
  '\u0000', '\u0001', '\u001b[31m', '\u007f', '\u0085', '\u2028', '\ufffe', '\ud800', '\\N', '\\l', '#quot;',
  '<U+0022>', '@enduml', '"]; n1 => n0',
]

/** Words that somebody might give a node or a message, if they wanted to break a picture. */
export const hostileWords: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...TOKENS) },
      { weight: 2, arbitrary: fc.constantFrom('a', 'west-1/a', 'REGISTER', 'x y') },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''))

/** So many of them, and each token alone, at both ends and in the middle: for what takes long to start. */
export const manyHostileWords = (count: number): string[] => [
  ...TOKENS.flatMap((token) => [token, `${token}x`, `x${token}`, `a ${token} b`]),
  ...fc.sample(hostileWords, { numRuns: count, seed: 1 }),
]
