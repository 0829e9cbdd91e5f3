import type { PropertyDescription, TargetDescription } from '../analysis/describe.ts'
import { describeTask } from '../analysis/tasks/describe.ts'
import type { Parameter } from '../analysis/timing/parameters.ts'
import { intervalText } from '../analysis/timing/parameters.ts'
import type { Interval } from '../spec/internet/timing.ts'
import type { Register } from './command.ts'
import { EXIT } from './exit.ts'
import { runTask } from './threads.ts'

interface ListFlags {
  readonly json?: boolean
  readonly properties?: boolean
  readonly timed?: boolean
}

export const list: Register = (program, end) => {
  program
    .command('list')
    .summary('protocols, variants, scenarios, properties')
    .description('Lists protocols, their variants, scenarios and properties, with their sources.')
    .argument('[target...]')
    .option('--properties', 'each property with what it means')
    .option('--timed', 'what takes time in each variant, how long it usually takes, and where that is from')
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      '\nExamples:\n  doublejump list mipv6\n  doublejump list --properties\n  doublejump list mipv6/home-address --timed',
    )
    .action((targets: string[], flags: ListFlags) => end(listCommand(targets, flags)))
}

/** `doublejump list`: protocols, variants, scenarios and properties, with their sources; or what each property means. */
async function listCommand(names: readonly string[], flags: ListFlags): Promise<number> {
  const targets = await runTask(describeTask, names)
  const { document, text } =
    flags.timed === true ? parameters(targets) : flags.properties === true ? properties(targets) : protocols(targets)
  process.stdout.write(flags.json === true ? `${JSON.stringify({ version: 1, ...document }, null, 2)}\n` : text)
  return EXIT.asExpected
}

interface Listed {
  readonly document: object
  readonly text: string
}

function protocols(targets: readonly TargetDescription[]): Listed {
  const all = targets.map(({ protocol, title, source, variants, properties }) => ({
    name: protocol,
    title,
    source,
    variants: variants.map(({ scenarios, survivesBy: _, ...variant }) => ({
      ...variant,
      scenarios: scenarios.map(({ name }) => name),
      large: scenarios.filter(({ large }) => large).map(({ name }) => name),
    })),
    properties: properties.map(({ id }) => id),
    means: Object.fromEntries(properties.map(({ id, means }) => [id, means])),
  }))
  const lines = all.flatMap((protocol) => [
    `${protocol.name}: ${protocol.title}`,
    `  source: ${protocol.source}`,
    ...protocol.variants.flatMap(({ name, repairs, title, source, scenarios, large }) => [
      `  ${protocol.name}/${name}${repairs ? ' (a repair)' : ''}: ${title}`,
      `      source: ${source}`,
      `      scenarios: ${scenarios.map((one) => (large.includes(one) ? `${one} (large)` : one)).join(', ')}`,
    ]),
    `  properties: ${protocol.properties.join(', ')}`,
    '',
  ])
  return { document: { protocols: all }, text: `${lines.join('\n')}\n` }
}

const KINDS: Readonly<Record<PropertyDescription['kind'], string>> = {
  safety: 'in every state or step',
  liveness: 'of every fair run',
  reachable: 'of some run',
  deadlock: 'where nothing more can happen',
}

/** Each property once, with the protocols that are asked it. */
function properties(targets: readonly TargetDescription[]): Listed {
  const all = new Map<string, PropertyDescription & { readonly protocols: string[] }>()
  for (const { protocol, properties: asked } of targets) {
    for (const property of asked) {
      const known = all.get(property.id)
      if (known === undefined) all.set(property.id, { ...property, protocols: [protocol] })
      else known.protocols.push(protocol)
    }
  }
  const lines = [...all.values()].flatMap(({ id, kind, means, protocols: asked }) => [
    `${id} (${KINDS[kind]})`,
    `    ${means}`,
    `    asked of: ${asked.length === targets.length && asked.length > 1 ? 'all of them' : asked.join(', ')}`,
    '',
  ])
  return { document: { properties: [...all.values()] }, text: lines.join('\n') }
}

/** What takes time in each variant: of its scenario 'both-move', or of its first where it has none of that name. */
function parameters(targets: readonly TargetDescription[]): Listed {
  const all = targets.flatMap(({ protocol, variants }) =>
    variants.map(({ name, scenarios }) => {
      const scenario = scenarios.find((one) => one.name === 'both-move') ?? scenarios[0]!
      return { variant: `${protocol}/${name}`, scenario: scenario.name, parameters: scenario.parameters }
    }),
  )
  const lines = all.flatMap(({ variant, scenario, parameters }) => {
    const listed = withoutEqualWays(parameters)
    const width = Math.max(...listed.map(({ name }) => name.length))
    const usual = (interval: Interval): string => intervalText(interval).padEnd(13)
    return [
      `${variant} in ${scenario}, in milliseconds:`,
      ...listed.map(({ name, interval, source }) => `  ${name.padEnd(width)}  ${usual(interval)}  ${source}`),
      '',
    ]
  })
  return { document: { timed: all }, text: lines.join('\n') }
}

/** Ways that all take as long are one line. */
function withoutEqualWays(all: readonly Parameter[]): readonly Parameter[] {
  const ways = all.filter(({ name }) => name.startsWith('d('))
  const [first] = ways
  if (first === undefined || ways.some(({ interval }) => intervalText(interval) !== intervalText(first.interval)))
    return all
  const example = `one way, between any two networks; ${first.name} for one of them`
  return [{ name: 'd', interval: first.interval, source: example }, ...all.filter((one) => !ways.includes(one))]
}
