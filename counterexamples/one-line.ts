/** Words as one line of printable text: white space of any sort is a space, what cannot be printed is U+FFFD. */
export const oneLine = (words: string): string =>
  words
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu, '\ufffd')
    .trim()
