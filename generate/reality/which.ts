import { shippedTarget } from '../../analysis/target.ts'
import { consumedBy, type Judged, judge } from '../../conform/judge.ts'
import type { LogLine } from '../../conform/observation.ts'

/** The captures of SIP in the table of docs/reality.md, by what heads their columns. */
export const columns: readonly (readonly [heading: string, capture: string])[] = [
  ['direct, one move', 'sip-direct-one-move'],
  ['direct, double jump', 'sip-direct-double-jump'],
  ['loose route', 'sip-proxy-loose-route-double-jump'],
  ['look-up', 'sip-proxy-look-up-double-jump'],
  ['re-lookup and resend', 'sip-proxy-relookup-resend-double-jump'],
  ['replace', 'sip-proxy-replace-double-jump'],
]

const OPTIONS = { most: 150_000, tolerance: 0.1 }

/** What each variant of `sip` says of a log, in the order of the variants. */
export function column(log: readonly LogLine[]): string[] {
  const { protocol, variants } = shippedTarget('sip')
  return variants.map((variant) => told(judge(protocol, variant, log, OPTIONS)))
}

function told(judged: Judged): string {
  const { verdict, mapped } = judged
  const [fit, all] = [consumedBy(judged), mapped.seen.length]
  if (verdict.kind === 'conforms') return `✓ ${all}`
  if (verdict.kind === 'inconclusive') return `${fit} of ${all}; not known`
  if (verdict.at === null) return `all ${all} fit, one is missing`
  return `${fit} of ${all}; line ${verdict.at.line}, ${/^\S+/.exec(verdict.at.words)![0]}`
}

/** The table, of one column a capture. */
export function whichTable(found: readonly (readonly string[])[]): string {
  const { variants } = shippedTarget('sip')
  const rows = variants.map(({ name }, i) => `| \`${name}\` | ${found.map((one) => one[i]).join(' | ')} |`)
  const head = `| variant | ${columns.map(([heading]) => heading).join(' | ')} |`
  return [head, `|---|${columns.map(() => '---|').join('')}`, ...rows, ''].join('\n')
}
