import { parseArgs } from 'node:util'
import { checkVariant, type Result, shippedTarget, type TargetVariant, variantOf } from '../analysis/index.ts'
import { reductionsOf } from '../analysis/reduction/reductions.ts'
import type { Scenario } from '../spec/internet/scenario.ts'

/**
 * What `check --reduce` buys: all properties that may be asked so of a variant in a scenario, searched with and without, a row of a table each; equal verdicts are asserted.
 * `node dist/bench/reductions.js [sip/direct=both-move …] [--reduce dead-packets,sleep-sets] [--seconds of a search] [--memory MiB of a search] [--reduced-only]`
 *
 * A scenario that the variant does not list, because it is out of reach, is taken from another variant of the protocol. Exit code 1 where two verdicts differ.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '600' },
    memory: { type: 'string', default: '4096' },
    reduce: { type: 'string', default: 'dead-packets' },
    'reduced-only': { type: 'boolean', default: false },
  },
})

const USUAL = [
  'sip/direct=both-move',
  'sip/direct=both-move-fair-loss',
  'sip/resend-add-branch-491=both-move-fair-loss',
  'hip/direct=both-move-fair-loss',
  'mobike/re-established-by-name=both-move',
  'ice/relayed-five-tuple=both-move',
  'mipv6/ro-rfc=both-move',
  'mipv6/home-address-one-agent=both-move',
  'mipv6/home-address=both-move',
  'mipv6/stationary-proxies=both-move',
]

const reduce = reductionsOf(values.reduce.split(','))
const limits = { seconds: Number(values.seconds), memory: Number(values.memory) * 2 ** 20 }

function scenarioNamed(target: TargetVariant, name: string): Scenario {
  const all = [target.variant, ...shippedTarget(target.protocol.name).variants].flatMap(({ scenarios }) => scenarios)
  const found = all.find((scenario) => scenario.name === name)
  if (found === undefined) throw new Error(`No variant of ${target.protocol.name} has a scenario '${name}'.`)
  return found
}

const count = (n: number): string => n.toLocaleString('en')

/** As far as it came. */
function told(results: readonly Result[]): string {
  const asked = results.filter(({ incompleteBecause }) => incompleteBecause !== 'reduction')
  const [first] = asked
  if (first === undefined) return 'nothing could be asked'
  const stopped = asked.find(({ incompleteBecause }) => incompleteBecause !== null)?.incompleteBecause
  const end = stopped === undefined ? '' : ` and more (${stopped})`
  return `${count(first.states)}; ${count(first.transitions)}; ${Math.max(...asked.map(({ seconds }) => seconds)).toFixed(1)} s${end}`
}

process.stdout.write('| search | without: states; transitions; seconds | with | states left |\n|---|---:|---:|---:|\n')
let differ = false
for (const search of positionals.length === 0 ? USUAL : positionals) {
  const [name = '', scenarioName = ''] = search.split('=')
  const target = variantOf(name)
  const scenario = scenarioNamed(target, scenarioName)
  const whole = values['reduced-only'] ? null : checkVariant(target, scenario, { limits })
  const less = checkVariant(target, scenario, { limits, reduce })
  const isKnown = ({ verdict }: Result): boolean => verdict !== 'incomplete'
  const other = less.filter((one, i) => {
    const without = whole?.[i]
    return without !== undefined && isKnown(one) && isKnown(without) && one.verdict !== without.verdict
  })
  for (const { property, verdict } of other) process.stderr.write(`${search}: ${property} is ${verdict} with it\n`)
  differ ||= other.length > 0
  const states = (results: readonly Result[]): number => Math.max(...results.map((one) => one.states))
  const ended = whole?.every(({ incompleteBecause }) => incompleteBecause === null) === true
  const left = ended ? (states(less) / states(whole)).toFixed(2) : ''
  const unasked = less.flatMap(({ incompleteBecause, property }) =>
    incompleteBecause === 'reduction' ? [property] : [],
  )
  process.stdout.write(
    `| \`${name}\`, ${scenarioName}${unasked.length === 0 ? '' : ` (not answered with it: ${unasked.join(', ')})`} | ${whole === null ? '' : told(whole)} | ${told(less)} | ${left} |\n`,
  )
  process.stderr.write(`${search}: ${less.map(({ property, verdict }) => `${property} ${verdict}`).join(', ')}\n`)
}
process.exitCode = differ ? 1 : 0
