import type { Property } from '../checker/property.ts'
import { errors } from './errors.ts'
import type { World } from './world.ts'

/** @throws InputError naming what is asked, where nothing of the name is, and where only a clock says */
export function propertyOf({ properties, needClock }: Pick<World, 'properties' | 'needClock'>, id: string): Property {
  const found = properties.find((property) => property.id === id)
  if (found !== undefined) return found
  if (needClock.some((property) => property.id === id)) throw errors.needsClock(id)
  throw errors.noProperty(
    id,
    properties.map((property) => property.id),
  )
}
