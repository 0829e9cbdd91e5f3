import type { Formula, Predicate, Property, StatePredicate } from '../../../checker/property.ts'

/** Every predicate of states that a property is made of. */
export function predicatesOf(property: Property): StatePredicate[] {
  const witness = property.witness === undefined ? [] : parts(property.witness)
  switch (property.kind) {
    case 'safety':
      return [...ofSafety(property), ...witness]
    case 'reachable':
      return [...parts(property.some), ...witness]
    case 'deadlock':
      return [...parts(property.finished), ...witness]
    case 'liveness':
      return [...inFormula(property.formula).flatMap(parts), ...witness]
  }
}

function ofSafety(property: Extract<Property, { readonly kind: 'safety' }>): StatePredicate[] {
  if ('always' in property) return parts(property.always)
  return 'stretch' in property ? parts(property.stretch) : []
}

const parts = (predicate: Predicate): StatePredicate[] =>
  'all' in predicate ? predicate.all.flatMap(parts) : 'any' in predicate ? predicate.any.flatMap(parts) : [predicate]

function inFormula(formula: Formula): Predicate[] {
  switch (formula.op) {
    case 'is':
      return [formula.predicate]
    case 'constant':
      return []
    case 'and':
    case 'or':
    case 'until':
    case 'release':
      return [...inFormula(formula.left), ...inFormula(formula.right)]
    default:
      return inFormula(formula.of)
  }
}
