import type { Control } from '../../checker/limits.ts'
import { InputError } from '../errors.ts'
import { worldOf } from '../world.ts'
import { type Asked, mistakesIn } from './find.ts'
import { type Mistake, onceEach, within } from './mistake.ts'
import { type Placement, placementsOf } from './placements.ts'
import { rehearseNodes } from './rehearsal/nodes.ts'
import { rehearse } from './rehearsal/rehearse.ts'

/** So many states in all, shared by the worlds of a protocol; in each at least, and at most, so many. */
const STATES = 1200
const LEAST = 40
const MOST = 200

/** Protocols without a mistake, each with the properties that it was looked at with. */
const good = new WeakMap<object, Asked['properties']>()

/**
 * Looks for mistakes in a protocol before anything is searched: those that show without running a step, and, where there is none, those that a
 * rehearsal of each of its worlds meets. One that was found good is not looked at again.
 *
 * @param control asked for the time while it is rehearsed
 * @throws InputError that lists all of them
 */
export function refuseMistakes(target: Asked, control?: Control): void {
  const { protocol, properties } = target
  if (good.has(protocol) && good.get(protocol) === properties) return
  const found = mistakesIn(target)
  const all = found.length > 0 ? found : rehearsed(target, control)
  if (all.length > 0) throw new InputError(told(nameOf(target), all))
  good.set(protocol, properties)
}

const nameOf = ({ file, protocol }: Asked): string =>
  file ?? (protocol as { readonly name?: string } | undefined)?.name ?? 'it'

/** Every mistake on lines of its own. */
function told(name: string, mistakes: readonly Mistake[]): string {
  const count = mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`
  const lines = mistakes.map(({ where, fact, cause, act }, i) => {
    const number = `  ${i + 1}. `
    const indent = ' '.repeat(number.length)
    return `${number}${where === '' ? '' : `${where}: `}${fact}.\n${indent}${cause}\n${indent}${act}`
  })
  return [`'${name}' has ${count}; nothing was searched.`, ...lines].join('\n')
}

function rehearsed(target: Asked, control: Control | undefined): Mistake[] {
  const { placements } = placementsOf(target.protocol)
  const states = Math.min(MOST, Math.max(LEAST, Math.floor(STATES / placements.length)))
  const known = new Set<string>()
  return onceEach(
    placements.flatMap((placement) =>
      // What a role does wrong it does in every world: it is told once.
      inWorld(target, placement, states, control).flatMap((mistake) => {
        const key = JSON.stringify([mistake.where, mistake.cause])
        if (known.has(key)) return []
        known.add(key)
        return within(placement.where, [mistake])
      }),
    ),
  )
}

const inWorld = (
  { file, ...asked }: Asked,
  { variant, scenario }: Placement,
  states: number,
  control: Control | undefined,
): Mistake[] => {
  const { needClock, ...world } = worldOf({ ...asked, variant }, scenario)
  return [
    ...rehearseNodes(variant, scenario),
    ...rehearse({ ...world, properties: [...world.properties, ...needClock] }, states, control),
  ]
}
