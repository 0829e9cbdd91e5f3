import { mkdirSync, writeFileSync } from 'node:fs'
import { whereItBites } from '../analysis/compare.ts'
import { variantOf } from '../analysis/target.ts'
import { causesSvg, comparisonSvg, ladderSvg, sentence } from '../counterexamples/index.ts'
import { BINDING, REACH, SESSION } from '../spec/property-ids.ts'

/**
 * Writes `counterexamples/gallery/` and `docs/gallery.md`: for each protocol the least run that breaks its unpatched variant, and where a
 * repair bites. `npm run gallery`.
 */
interface Picture {
  readonly broken: string
  readonly mended: string
  readonly scenario: string
  readonly property: string
}

const picture = (broken: string, mended: string, property = BINDING, scenario = 'both-move'): Picture => ({
  broken,
  mended,
  scenario,
  property,
})

const pictures: readonly Picture[] = [
  picture('sip-paper/direct', 'sip-paper/resend-replace-branch'),
  picture('sip/direct', 'sip/interceptor', SESSION),
  picture('sip-setup/paper-plain', 'sip-setup/paper-interceptor', 'the-call-is-set-up'),
  picture('mip/co-located', 'mip/co-located', REACH, 'home-agent-crashes'),
  picture('mip-ro/plain', 'mip-ro/warning-only', BINDING, 'one-moves'),
  picture('mip-lr/direct', 'mip-lr/revised-answers'),
  picture('mipv6/ro-seed', 'mipv6/ro-rfc'),
  picture('mip-sip/parallel', 'mip-sip/parallel'),
  picture('hip/direct', 'hip/rvs-when-sent-again'),
  picture('tmsp/direct', 'tmsp/lookup-at-time-out'),
  picture('tmsp-ports/udp', 'tmsp-ports/udp-opt-out', 'no-misdelivery', 'one-moves-address-reused'),
  picture('tmsp-sbc/port-mapping', 'tmsp-sbc/port-mapping', 'no-hijack', 'one-moves-bindings-expire'),
  picture('sims/credentials-unnumbered', 'sims/credentials', BINDING, 'one-moves-twice'),
  picture('mobike/single-homed', 'mobike/responder-multihomed'),
  picture('wireguard/roaming', 'wireguard/re-resolve-one'),
  picture('quic/client-migration', 'quic/preferred-address'),
  picture('mptcp/either-joins', 'mptcp/stable-address'),
  picture('ice/unanchored', 'ice/anchored-rejection'),
  picture('ilnp/locator-update', 'ilnp/dns-each-time'),
]

const folder = new URL('../../counterexamples/gallery/', import.meta.url)
mkdirSync(folder, { recursive: true })
const page: string[] = [
  '# Gallery',
  '',
  'Made by `npm run gallery`: for each protocol the least run (by faults, moves, messages and steps) that breaks it, and where a repair bites.',
  '',
]
for (const { broken, mended, scenario, property } of pictures) {
  const comparison = whereItBites(variantOf(broken), variantOf(mended), property, scenario)
  if (comparison === null)
    throw new Error(`${broken} does not violate '${property}' in ${scenario}: the gallery has to change.`)
  if ('notKnown' in comparison) throw new Error(comparison.notKnown)
  const name = broken.split('/')[0]!
  writeFileSync(new URL(`${name}.svg`, folder), ladderSvg(comparison.left))
  writeFileSync(new URL(`${name}-causes.svg`, folder), await causesSvg(comparison.left))
  page.push(
    `## ${name}`,
    '',
    sentence(comparison.left),
    '',
    `![${broken}, ${scenario}: ${property}](../counterexamples/gallery/${name}.svg)`,
    '',
    `[Who caused what in it.](../counterexamples/gallery/${name}-causes.svg)`,
    '',
  )
  // A run that a patch cannot mend, or that is of no patch, stands alone.
  if (broken === mended || comparison.differs === null) continue
  writeFileSync(new URL(`${name}-bites.svg`, folder), comparisonSvg(comparison))
  page.push(
    `**Where \`${mended}\` bites.** ${comparison.sentence}`,
    '',
    `![${broken} and ${mended} side by side](../counterexamples/gallery/${name}-bites.svg)`,
    '',
  )
}
writeFileSync(new URL('../../docs/gallery.md', import.meta.url), page.join('\n'))
