import { prepare } from './job.ts'
import { resolveTargets } from './target.ts'

/** `doublejump list`: protocols, variants, scenarios and properties, with their sources. */
export async function listCommand(names: readonly string[], flags: { readonly json?: boolean }): Promise<number> {
  const targets = await resolveTargets(names)
  const protocols = targets.map((target) => ({
    name: target.protocol.name,
    title: target.protocol.title,
    source: target.protocol.source,
    variants: target.variants.map((variant) => ({
      name: variant.name,
      title: variant.title,
      source: variant.source,
      repairs: variant.repairs,
      scenarios: variant.scenarios.map((scenario) => scenario.name),
      large: variant.large ?? [],
    })),
    properties: [
      ...new Set(
        target.variants.flatMap((variant) =>
          variant.scenarios
            .slice(0, 1)
            .flatMap((scenario) => prepare(target, variant, scenario).properties.map((p) => p.id)),
        ),
      ),
    ],
  }))
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify({ version: 1, protocols }, null, 2)}\n`)
    return 0
  }
  for (const protocol of protocols) {
    process.stdout.write(`${protocol.name}: ${protocol.title}\n  source: ${protocol.source}\n`)
    for (const variant of protocol.variants) {
      process.stdout.write(
        `  ${protocol.name}/${variant.name}${variant.repairs ? ' (a repair)' : ''}: ${variant.title}\n`,
      )
      process.stdout.write(`      source: ${variant.source}\n`)
      const scenarios = variant.scenarios.map((name) => (variant.large.includes(name) ? `${name} (large)` : name))
      process.stdout.write(`      scenarios: ${scenarios.join(', ')}\n`)
    }
    process.stdout.write(`  properties: ${protocol.properties.join(', ')}\n\n`)
  }
  return 0
}
