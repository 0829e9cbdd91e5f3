/**
 * A function of one value, worked out once for each: of records and lists that are frozen, which the checker does with all that states are made of, and with all their parts. Of others it is worked out each time.
 */
export function once<Given, Result>(of: (given: Given) => Result): (given: Given) => Result {
  const known = new WeakMap<object, Result>()
  return (given) => {
    if (typeof given !== 'object' || given === null || !Object.isFrozen(given)) return of(given)
    let result = known.get(given)
    if (result === undefined) {
      result = of(given)
      known.set(given, result)
    }
    return result
  }
}
