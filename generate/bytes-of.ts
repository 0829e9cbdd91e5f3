import type { Handoff } from '../claims/costs/handoff.ts'
import { bytesSent } from '../wire/index.ts'

/** What the messages of a handoff take on the wire. */
export const bytesOf = ({ found, story }: Handoff): number | null =>
  bytesSent(found.protocol.name, found.internet, story)
