import type { Property } from '../checker/property.ts'
import type { Checked } from '../properties/index.ts'
import type { Scenario } from '../spec/internet/scenario.ts'
import type { Expected, Protocol, Variant } from '../spec/protocol.ts'
import { protocols } from '../spec/protocols.ts'
import { errors } from './errors.ts'
import { nearest } from './nearest.ts'

/** What was asked for: a protocol and those of its variants that are meant. */
export interface Target {
  readonly protocol: Protocol
  readonly variants: readonly Variant[]
  /** The file that it came from; null for what ships. */
  readonly file: string | null
  /** Properties of its own, besides those that every protocol is asked. */
  readonly properties?: (checked: Checked) => readonly Property[]
}

/** One variant, with what it takes to put it into a scenario. */
export interface TargetVariant extends Omit<Target, 'variants'> {
  readonly variant: Variant
}

/** Everything that ships. */
export const shipped = (): Target[] =>
  protocols.map((protocol) => ({ protocol, variants: protocol.variants, file: null }))

/**
 * A protocol that ships, or one variant of it: `sip`, `sip/direct`.
 *
 * @throws InputError with the nearest names, where there is none
 */
export function shippedTarget(name: string): Target {
  const [protocolName = '', variantName, ...rest] = name.split('/')
  const protocol = protocols.find((p) => p.name === protocolName)
  if (protocol === undefined || rest.length > 0) {
    const known = protocols.flatMap((p) => [p.name, ...p.variants.map((v) => `${p.name}/${v.name}`)])
    throw errors.noProtocol(name, nearest(name, known))
  }
  return narrowed({ protocol, variants: protocol.variants, file: null }, variantName)
}

/** A target with one of its variants alone, where one is named. */
export const narrowed = (target: Target, variantName: string | undefined): Target =>
  variantName === undefined ? target : { ...target, variants: [theVariant(target, variantName)] }

function theVariant({ file, protocol }: Target, name: string): Variant {
  const variant = protocol.variants.find((v) => v.name === name)
  if (variant !== undefined) return variant
  throw errors.noVariant(
    protocol.name,
    file ?? protocol.name,
    name,
    nearest(
      name,
      protocol.variants.map((v) => v.name),
    ),
  )
}

/**
 * The one variant of a target.
 *
 * @param name what the user called it
 * @throws InputError where there are several
 */
export function single(target: Target, name: string): TargetVariant {
  const { variants, ...rest } = target
  if (variants.length !== 1)
    throw errors.needsVariant(
      name,
      variants.map((v) => v.name),
    )
  return { ...rest, variant: variants[0]! }
}

/**
 * A variant by name: of a protocol that ships (`variantOf('sip/direct')`), or of one's own (`variantOf(hello, 'direct')`).
 *
 * @param properties what the protocol is asked besides what every protocol is asked
 * @throws InputError where there is none of the name
 */
export function variantOf(
  protocol: string | Protocol,
  name?: string,
  properties?: TargetVariant['properties'],
): TargetVariant {
  const target: Target =
    typeof protocol === 'string' ? shippedTarget(protocol) : { protocol, variants: protocol.variants, file: null }
  const called = `${target.protocol.name}${name === undefined ? '' : `/${name}`}`
  return { ...single(narrowed(target, name), called), ...(properties === undefined ? {} : { properties }) }
}

/** @throws InputError where the variant has no scenario of the name */
export function scenarioOf({ variant }: Pick<TargetVariant, 'variant'>, name: string): Scenario {
  const scenario = variant.scenarios.find((s) => s.name === name)
  if (scenario !== undefined) return scenario
  throw errors.noScenario(
    name,
    variant.scenarios.map((s) => s.name),
  )
}

/** What a variant says will come out; what it does not mention it expects to hold. */
export const expectedOf = ({ expect }: Variant, scenario: string, property: string): Expected =>
  expect?.[scenario]?.[property] ?? 'holds'

/** `sip/direct`. */
export const nameOf = ({ protocol, variant }: Pick<TargetVariant, 'protocol' | 'variant'>): string =>
  `${protocol.name}/${variant.name}`
