import type { Property } from '../checker/property.ts'
import { errors } from './errors.ts'

/** @throws InputError naming what is asked, where nothing of the name is */
export function propertyOf(properties: readonly Property[], id: string): Property {
  const found = properties.find((property) => property.id === id)
  if (found !== undefined) return found
  throw errors.noProperty(
    id,
    properties.map((property) => property.id),
  )
}
