/** Words as text or as an attribute of XML: what is markup is escaped, and what XML 1.0 forbids altogether becomes U+FFFD. */
export const escapeXml = (words: string): string =>
  words
    .replaceAll(FORBIDDEN, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** Everything outside of the production Char of XML 1.0 (§2.2): control characters, half surrogate pairs, U+FFFE and U+FFFF. */
const FORBIDDEN = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
