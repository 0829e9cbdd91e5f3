import { compose } from '../../spec/internet/compose.ts'
import type { Target } from '../target.ts'
import { clashes, inhabitedIn, unknownNetworks, wrongPlaces } from './addresses.ts'
import { type Mistake, onceEach } from './mistake.ts'
import { badNames, sameNames, twice } from './names.ts'
import { mistakesOfNode } from './nodes.ts'
import { brokenOptions, undeclaredOptions, unknownOptions } from './options.ts'
import { type Placement, placementsOf } from './placements.ts'
import { mistakesOfProperties } from './properties.ts'
import { unknown, unknownScenarios } from './references.ts'
import { brokenStructure, strayFields } from './structure.ts'
import { mistakesOfSubject } from './subject.ts'
import { wrongValues, wrongValuesOfVariant } from './values.ts'

/** What is looked at: a protocol with all of its variants, and the properties of its own. */
export type Asked = Pick<Target, 'protocol' | 'file' | 'properties'>

/**
 * Every mistake that shows without running a step, once each; none where there is none. What is found first keeps what builds on it from being
 * looked at: nothing is said of the scenarios of a variant that has none.
 */
export function mistakesIn(target: Asked): Mistake[] {
  const broken = brokenStructure(target)
  return onceEach(broken.length > 0 ? broken : [...ofTheData(target), ...ofTheWorlds(target)])
}

/** What can be seen in the data: fields, values, names. */
function ofTheData({ protocol }: Asked): Mistake[] {
  return [
    ...strayFields({ protocol }),
    ...badNames(protocol),
    ...sameNames(protocol),
    ...brokenOptions(protocol),
    ...protocol.variants.flatMap((variant) => [
      ...variant.scenarios.flatMap((scenario) =>
        wrongValues(scenario, `scenario '${scenario.name}' of variant '${variant.name}'`),
      ),
      ...wrongValuesOfVariant(variant, `variant '${variant.name}'`),
      ...unknownScenarios(protocol, variant),
      ...(brokenOptions(protocol).length > 0 ? [] : unknownOptions(protocol, variant)),
    ]),
  ]
}

/** What shows once nodes are put into scenarios. */
function ofTheWorlds(target: Asked): Mistake[] {
  const { placements, mistakes } = placementsOf(target.protocol)
  const good = placements.filter(
    ({ nodes, scenario, where }) =>
      wrongValues(scenario, where).length === 0 && wrongPlaces(nodes, scenario, where).length === 0,
  )
  // What is named in one scenario may be in another: nobody is told that there is no such thing before all have been seen.
  const known: Known | null =
    good.length < placements.length || mistakes.length > 0
      ? null
      : {
          timers: [...new Set(placements.flatMap(({ nodes }) => nodes.flatMap(timersOf)))],
          nodes: [...new Set(placements.flatMap(({ nodes }) => nodes.map(({ name }) => name)))],
          networks: [...new Set(placements.flatMap(({ nodes, scenario }) => inhabitedIn(nodes, scenario)))],
        }
  return [
    ...mistakes,
    ...placements.flatMap(({ nodes, scenario, where }) => [
      ...nodes.flatMap((n) => mistakesOfNode(n, where)),
      ...twice(
        nodes.map(({ name }) => name),
        'nodes',
        where,
      ),
      ...wrongPlaces(nodes, scenario, where),
    ]),
    ...good.flatMap((placement) => ofTheWorld(target, placement)),
    ...placements.flatMap((placement) => undeclaredOptions(target.protocol, placement)),
    ...(known === null ? [] : placements.flatMap((placement) => namesUnknown(placement, known))),
  ]
}

/** What there is in any scenario of any variant, by name. */
interface Known {
  readonly timers: readonly string[]
  readonly nodes: readonly string[]
  readonly networks: readonly string[]
}

const timersOf = ({ role }: Placement['nodes'][number]): string[] => Object.keys((role.timers as object) ?? {})

function ofTheWorld(target: Asked, { variant, scenario, where, nodes }: Placement): Mistake[] {
  const places = clashes(nodes, scenario, where)
  const internet = compose(nodes, scenario, target.protocol.describe)
  const subject = mistakesOfSubject(variant.subject, internet, where)
  if (subject.length > 0) return [...places, ...subject]
  return [...places, ...mistakesOfProperties({ internet, subject: variant.subject }, variant, target.properties, where)]
}

/** What a scenario, a node or a subject names, and what is nowhere at all. */
const namesUnknown = ({ variant, scenario, where, nodes }: Placement, known: Known): Mistake[] => [
  ...unknown(Object.keys(scenario.timers), known.timers, "'timers' names", 'timer', where),
  ...unknownNetworks(nodes, known.networks, where),
  ...unknown(variant.subject.strangers ?? [], known.nodes, "'strangers' names", 'node', `the subject, ${where}`),
]
