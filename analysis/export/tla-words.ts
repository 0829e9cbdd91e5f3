/** To the end of the line: nothing in it ends it. */
export const comment = (text: string): string => `\\* ${text.replaceAll(/[\n\r\f]/g, ' ')}`.trimEnd()

/** Words as part of an identifier. */
export const identifier = (words: string): string => words.replaceAll(/[^a-zA-Z0-9]+/g, '_').replaceAll(/^_|_$/g, '')
