import type { Property } from '../checker/property.ts'

/** A property with what it claims in a sentence, for those who do not know its id; one of your own may have it too. */
export type StatedProperty = Property & { readonly means?: string }

/** What a property claims, in a sentence; where it does not say so, its id in words. */
export const meaningOf = ({ id, means }: StatedProperty): string => means ?? inWords(id)

/** 'The call is set up.' */
const inWords = (id: string): string => `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('-', ' ')}.`
