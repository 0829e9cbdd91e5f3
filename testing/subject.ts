import { InputError } from '../analysis/errors.ts'
import { type TargetVariant, variantOf } from '../analysis/target.ts'
import type { Protocol, Variant } from '../spec/protocol.ts'
import { protocols } from '../spec/protocols.ts'

/** What can be asked: `sip/direct`, a variant of one's own by `variantOf(hello, 'direct')`, or a variant as its protocol lists it. */
export type Askable = string | TargetVariant | Variant

/**
 * What is asked, with its protocol. A bare variant that ships is found by identity; one that does not says nothing of its protocol, so that
 * messages are then told by their kind: `variantOf` is what knows it.
 *
 * @throws InputError where it is nothing that can be asked
 */
export function targetOf(asked: unknown): TargetVariant {
  if (typeof asked === 'string') return variantOf(asked)
  if (isTarget(asked)) return asked
  if (!isVariant(asked))
    throw new InputError(
      `What is expected to hold a property is a variant: 'sip/direct', variantOf(myProtocol, 'direct'), or an entry of a protocol's variants. This is ${told(asked)}.`,
    )
  const protocol = protocols.find(({ variants }) => variants.includes(asked)) ?? protocolOf(asked)
  return { protocol, variant: asked, file: null }
}

const isTarget = (asked: unknown): asked is TargetVariant =>
  typeof asked === 'object' && asked !== null && 'protocol' in asked && 'variant' in asked

const isVariant = (asked: unknown): asked is Variant =>
  typeof asked === 'object' && asked !== null && 'nodes' in asked && 'subject' in asked && 'scenarios' in asked

function told(asked: unknown): string {
  if (typeof asked === 'object' && asked !== null && 'variants' in asked)
    return 'a protocol: checksOf(protocol) lists what each of its variants is asked'
  return asked === null ? 'null' : `of type ${typeof asked}`
}

/** What can be said of a protocol of which only a variant is known. */
const protocolOf = (variant: Variant): Protocol => ({
  name: 'own',
  title: variant.title,
  source: variant.source,
  variants: [variant],
  describe: ({ kind }) => ({ name: kind, detail: '' }),
})
