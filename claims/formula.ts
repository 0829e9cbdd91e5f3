import type { Formula, Predicate, Property } from '../checker/property.ts'

const told = (predicate: Predicate): string => `'${predicate.name}'`

/** A property as a formula, in the words of its predicates: G always, F in the end, F≤n within n steps, X in the next state, U until, R release, EF in some run. */
export function formulaOf(property: Property): string {
  switch (property.kind) {
    case 'reachable':
      return `EF ${told(property.some)}`
    case 'deadlock':
      return `G (nothing can happen ⇒ ${told(property.finished)})`
    case 'liveness':
      return ltl(property.formula)
    case 'safety':
      if ('stretch' in property) return `${told(property.stretch)} lasts ≤ ${property.atMost} ms`
      return 'always' in property
        ? `G ${told(property.always)}`
        : `G of every step (${property.everyStep.map(({ name }) => `'${name}'`).join(' ∧ ')})`
  }
}

function ltl(formula: Formula): string {
  switch (formula.op) {
    case 'is':
      return told(formula.predicate)
    case 'constant':
      return String(formula.value)
    case 'not':
      return `¬${ltl(formula.of)}`
    case 'next':
    case 'always':
    case 'eventually':
      return `${{ next: 'X', always: 'G', eventually: 'F' }[formula.op]} ${ltl(formula.of)}`
    default: {
      const soon = within(formula)
      if (soon !== null) return `F≤${soon.steps} ${ltl(soon.of)}`
      const between = { and: '∧', or: '∨', until: 'U', release: 'R' }[formula.op]
      return `(${ltl(formula.left)} ${between} ${ltl(formula.right)})`
    }
  }
}

/** 'p, or in the next state p, or in the next …': within so many steps. */
function within(formula: Formula): { readonly steps: number; readonly of: Formula } | null {
  if (formula.op !== 'or' || formula.right.op !== 'next') return null
  const [of, rest] = [formula.left, formula.right.of]
  if (rest === of) return { steps: 1, of }
  const inner = within(rest)
  return inner?.of === of ? { steps: inner.steps + 1, of } : null
}
