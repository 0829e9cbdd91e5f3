import type { Scenario } from '../../spec/internet/scenario.ts'
import { timingInWords } from '../../spec/internet/timing.ts'
import type { Protocol, Variant } from '../../spec/protocol.ts'
import { axesOf } from './axes.ts'
import { patienceOf, timersOf } from './patience.ts'

/** Every assumption of a variant in a scenario, defaults too, a phrase each: what is printed with a verdict. */
export function assumptionsOf(protocol: Protocol, variant: Variant, scenario: Scenario): string[] {
  const axes = axesOf(protocol, variant, scenario).filter(({ says }) => says(scenario))
  const of = (...starts: readonly string[]): string[] =>
    axes.filter(({ id }) => starts.some((start) => id.startsWith(start))).map(({ assumes }) => assumes)
  const summed = [
    'moves of ',
    'return of ',
    'crashes of ',
    'timer ',
    'option ',
    ...(scenario.time === undefined ? [] : BY_CLOCK),
  ]
  return [
    ...whoGoesWhere(scenario),
    ...axes.filter(({ id }) => !summed.some((start) => id.startsWith(start))).map(({ assumes }) => assumes),
    ...crashes(scenario),
    ...(scenario.time === undefined
      ? []
      : timingInWords(scenario.time, Object.keys(scenario.moves), scenario.movement)),
    ...timers(variant, scenario),
    ...of('option '),
  ]
}

function whoGoesWhere({ moves }: Scenario): string[] {
  const ways = Object.entries(moves).flatMap(([host, stops]) =>
    stops.length === 0
      ? []
      : [`${host} moves to ${stops.map((stop) => (typeof stop === 'string' ? stop : stop.address)).join(', then ')}`],
  )
  return ways.length === 0 ? ['nobody moves'] : ways
}

function crashes({ crashes: given }: Scenario): string[] {
  const some = Object.entries(given).flatMap(([name, times]) => (times > 0 ? [`${name} crashes ≤ ${times}`] : []))
  return some.length === 0 ? ['nothing crashes'] : some
}

/** What says nothing where there is a clock. */
const BY_CLOCK = ['overlap', 'gaps', 'copies', 'everyMove']

/** All are patient but those that are named; with a clock, only whether one fires says anything. */
function timers(variant: Variant, scenario: Scenario): string[] {
  const names = timersOf(variant.nodes(scenario))
  if (scenario.time !== undefined) {
    const kept = names.filter((timer) => ['never', 'at will'].includes(patienceOf(scenario, timer)))
    return kept.map((timer) => `${timer} ${patienceOf(scenario, timer)}`)
  }
  const others = names.filter((timer) => patienceOf(scenario, timer) !== 'patient')
  if (names.length === 0) return []
  return [
    ...(others.length < names.length ? ['timers patient'] : []),
    ...others.map((timer) => `${timer} ${patienceOf(scenario, timer)}`),
  ]
}
