import { describeTask } from '../analysis/tasks/describe.ts'
import type { Register } from './command.ts'
import { runTask } from './threads.ts'

export const list: Register = (program, end) => {
  program
    .command('list')
    .summary('protocols, variants, scenarios, properties')
    .description('Lists protocols, their variants, scenarios and properties, with their sources.')
    .argument('[target...]')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  doublejump list mipv6')
    .action((targets: string[], flags: { json?: boolean }) => end(listCommand(targets, flags)))
}

/** `doublejump list`: protocols, variants, scenarios and properties, with their sources. */
async function listCommand(names: readonly string[], flags: { readonly json?: boolean }): Promise<number> {
  const targets = await runTask(describeTask, names)
  const protocols = targets.map(({ protocol, title, source, variants }) => ({
    name: protocol,
    title,
    source,
    variants: variants.map(({ scenarios, survivesBy: _, ...variant }) => ({
      ...variant,
      scenarios: scenarios.map(({ name }) => name),
      large: scenarios.filter(({ large }) => large).map(({ name }) => name),
    })),
    properties: [...new Set(variants.flatMap(({ scenarios }) => scenarios[0]?.properties ?? []))],
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
