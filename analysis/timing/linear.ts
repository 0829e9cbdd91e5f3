/** A linear form over parameters: `constant` + Σ `coefficients[i]` · the i-th parameter. */
export interface Linear {
  readonly constant: number
  readonly coefficients: readonly number[]
}

/** For each parameter, from what to what, both included. */
export type Box = readonly (readonly [number, number])[]

export const constant = (value: number, parameters: number): Linear => ({
  constant: value,
  coefficients: new Array<number>(parameters).fill(0),
})

/** So many times one parameter. */
export const multiple = (times: number, parameter: number, parameters: number): Linear => ({
  constant: 0,
  coefficients: Array.from({ length: parameters }, (_, i) => (i === parameter ? times : 0)),
})

export const sum = (one: Linear, other: Linear): Linear => ({
  constant: one.constant + other.constant,
  coefficients: one.coefficients.map((coefficient, i) => coefficient + other.coefficients[i]!),
})

export const difference = (one: Linear, other: Linear): Linear => ({
  constant: one.constant - other.constant,
  coefficients: one.coefficients.map((coefficient, i) => coefficient - other.coefficients[i]!),
})

export const valueAt = ({ constant: value, coefficients }: Linear, point: readonly number[]): number =>
  coefficients.reduce((total, coefficient, i) => total + coefficient * point[i]!, value)

/** The most that it comes to in a box, and the least: at a corner. */
export const mostIn = ({ constant: value, coefficients }: Linear, box: Box): number =>
  coefficients.reduce((total, c, i) => total + c * (c > 0 ? box[i]![1] : box[i]![0]), value)
export const leastIn = ({ constant: value, coefficients }: Linear, box: Box): number =>
  coefficients.reduce((total, c, i) => total + c * (c > 0 ? box[i]![0] : box[i]![1]), value)

export const key = ({ constant: value, coefficients }: Linear): string => `${coefficients.join()}/${value}`

/** The forms that are the greatest somewhere in a box: the others can be left out of a maximum. */
export function greatest(forms: readonly Linear[], box: Box): Linear[] {
  const distinct = [...new Map(forms.map((form) => [key(form), form])).values()]
  return distinct.filter(
    (form, i) =>
      !distinct.some((other, j) => {
        if (i === j) return false
        const ahead = leastIn(difference(other, form), box)
        // Of two that are equal in all of the box, the first is kept.
        return ahead > 0 || (ahead === 0 && (j < i || mostIn(difference(other, form), box) > 0))
      }),
  )
}

/** The same sign everywhere, in the least whole numbers. */
export function reduced({ constant: value, coefficients }: Linear): Linear {
  const divisor = [value, ...coefficients].map(Math.abs).reduce(greatestCommonDivisor)
  if (divisor <= 1) return { constant: value, coefficients }
  return { constant: value / divisor, coefficients: coefficients.map((c) => c / divisor) }
}

const greatestCommonDivisor = (one: number, other: number): number =>
  other === 0 ? one : greatestCommonDivisor(other, one % other)

/** As an inequality in the parameters' names, terms of both signs on their own sides: 'T_h + 2 ≤ T_p' for T_h − T_p + 2 ≤ 0. */
export function inequality(form: Linear, names: readonly string[], relation: '≤' | '>'): string {
  const side = (sign: 1 | -1): string => {
    const terms = form.coefficients.flatMap((c, i) =>
      c * sign > 0 ? [`${c * sign === 1 ? '' : `${c * sign} `}${names[i]!}`] : [],
    )
    const rest = form.constant * sign
    return [...terms, ...(rest > 0 ? [String(rest)] : [])].join(' + ') || '0'
  }
  return `${side(1)} ${relation} ${side(-1)}`
}

/** All of these, each at most 0, in words; 'everywhere' of none. */
export const conjunction = (forms: readonly Linear[], names: readonly string[]): string =>
  forms.length === 0 ? 'everywhere' : forms.map((form) => inequality(form, names, '≤')).join(' and ')
