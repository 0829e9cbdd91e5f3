import type { LengthsOf } from '../claims/costs/formats.ts'
import { lengthsOf } from '../wire/index.ts'

/** What the messages of a handoff take on the wire, where this program writes them. */
export const onTheWire: LengthsOf = ({ found, story }) => lengthsOf(found.protocol.name, found.internet, story)
