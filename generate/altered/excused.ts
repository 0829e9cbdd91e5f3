/** Altered logs that conform all the same, and why that is so. */
const EXCUSES: readonly (readonly [what: RegExp, because: string])[] = [
  [/^src of BYE/, 'an end that sends from an address that it had is back there'],
  [/^dst of refusal \(REGISTER\)/, 'an answer to nobody is left out, and that to the REGISTER taken for lost'],
  [/^dstPort of handshake initiation/, 'where the other end was before anybody had sent'],
  [/^responderSpi of IKE request: 0+ /, 'the first request has none'],
  [/^dst of ESP/, 'an end gives its data the addresses of the IKE SA in its own time, and may have those of before'],
  [/^counter of (key confirmation|data)/, 'packets before it may have been lost before anybody saw them'],
  [/^packetNumber of/, 'it may have overtaken those that come at once, and others be lost before anybody saw them'],
]

/** Why an alteration need not show; null where it must. */
export const excuseOf = (what: string): string | null => EXCUSES.find(([pattern]) => pattern.test(what))?.[1] ?? null
