/**
 * As much of TLA+ as is exported, evaluated: what a module means where TLC is not at hand. It knows nothing of what the module was made of.
 */
export interface ReadModule {
  readonly initial: readonly number[]
  /** The names of the disjuncts of `Next`. */
  readonly actions: readonly string[]
  /** The state after an action; null where it is not enabled. */
  after(action: string, row: readonly number[]): number[] | null
  /** What an operator without a box says of a state, or of a step. */
  holds(operator: string, row: readonly number[], next?: readonly number[]): boolean
}

type Value = number | boolean | string

interface Scope {
  readonly row: readonly number[]
  /** Of the next state; what is not known yet is set by what is said of it. */
  readonly next: (number | undefined)[]
  readonly given: Readonly<Record<string, Value>>
}

type Expression = (scope: Scope) => Value

export function readTla(text: string): ReadModule {
  const lines = text.split('\n').filter((line) => !line.startsWith('\\*'))
  const bodies = new Map<string, { parameter: string | undefined; body: string }>()
  for (const definition of lines.join('\n').split(/\n(?=\S)/)) {
    const [, name, parameter, body] = /^(\w+)(?:\((\w+)\))? ==(.*)$/s.exec(definition) ?? []
    if (name !== undefined) bodies.set(name, { parameter, body: body!.trim() })
  }
  const known = new Map<string, Expression>()
  const operator = (name: string): Expression => {
    const { body } = bodies.get(name) ?? fail(`no operator ${name}`)
    if (!known.has(name)) known.set(name, parsed(body, { operator, parameterOf }))
    return known.get(name)!
  }
  const parameterOf = (name: string): string | undefined => bodies.get(name)?.parameter
  const bodyOf = (name: string): string => bodies.get(name)!.body
  return {
    initial: [...bodyOf('Init').matchAll(/c\d+ = (\d+)/g)].map(([, integer]) => Number(integer)),
    actions: [...bodyOf('Next').matchAll(/\\\/ (\w+)/g)].map(([, name]) => name!),
    after(action, row) {
      const next: (number | undefined)[] = row.map(() => undefined)
      if (operator(action)({ row, next, given: {} }) !== true) return null
      if (next.includes(undefined)) fail(`${action} does not say what all cells are`)
      return next as number[]
    },
    holds(name, row, next = []) {
      const inside = /^\[\]\[(\w+)\]_vars$/.exec(bodyOf(name))?.[1] ?? name
      return operator(inside)({ row, next: [...next], given: {} }) === true
    },
  }
}

function fail(why: string): never {
  throw new Error(why)
}

interface Names {
  readonly operator: (name: string) => Expression
  readonly parameterOf: (name: string) => string | undefined
}

/** By recursive descent: `\/` binds least, then `/\`, `~`, comparisons. */
function parsed(body: string, { operator, parameterOf }: Names): Expression {
  const tokens = body.match(/\/\\|\\\/|<<|>>|\[\]|->|"[^"]*"|\w+|[^\s]/g) ?? []
  let at = 0
  const is = (token: string): boolean => {
    if (tokens[at] !== token) return false
    at++
    return true
  }
  const want = (token: string): void => {
    if (!is(token)) fail(`${token} is wanted, and not ${tokens.slice(at, at + 5).join(' ')}`)
  }
  const or = (): Expression => {
    is('\\/')
    const parts = [and()]
    while (is('\\/')) parts.push(and())
    return parts.length === 1 ? parts[0]! : (scope) => parts.some((part) => part(scope) === true)
  }
  const and = (): Expression => {
    const parts = [not()]
    while (is('/\\')) parts.push(not())
    return parts.length === 1 ? parts[0]! : (scope) => parts.every((part) => part(scope) === true)
  }
  const not = (): Expression => {
    if (!is('~')) return comparison()
    const part = not()
    return (scope) => part(scope) !== true
  }
  const comparison = (): Expression => {
    const [, cell] = tokens[at + 1] === "'" ? /^c(\d+)$/.exec(tokens[at]!)! : []
    const left = primary()
    const sign = ['=', '<', '>'].find((one) => is(one))
    if (sign === undefined) return left
    const right = primary()
    if (sign === '<') return (scope) => left(scope) < right(scope)
    if (sign === '>') return (scope) => left(scope) > right(scope)
    return (scope) => {
      const value = right(scope)
      if (cell !== undefined && scope.next[Number(cell)] === undefined) scope.next[Number(cell)] = value as number
      return left(scope) === value
    }
  }
  const primary = (): Expression => {
    const token = tokens[at++] ?? fail('the end is not wanted')
    if (token === '(') {
      const inside = or()
      want(')')
      return inside
    }
    if (/^\d+$/.test(token)) return () => Number(token)
    if (token.startsWith('"')) return () => token
    if (token === 'TRUE' || token === 'FALSE') return () => token === 'TRUE'
    if (token === 'CASE') return cases()
    if (token === 'IF') return condition()
    if (token === 'UNCHANGED') return unchanged()
    return named(token)
  }
  const cases = (): Expression => {
    const arms: (readonly [Expression, Expression])[] = []
    do {
      const guard: Expression = is('OTHER') ? () => true : or()
      want('->')
      arms.push([guard, or()])
    } while (is('[]'))
    return (scope) => arms.find(([guard]) => guard(scope) === true)![1](scope)
  }
  const condition = (): Expression => {
    const test = or()
    want('THEN')
    const yes = or()
    want('ELSE')
    const no = or()
    return (scope) => (test(scope) === true ? yes : no)(scope)
  }
  const unchanged = (): Expression => {
    want('<<')
    const cells: number[] = []
    do cells.push(Number(tokens[at++]!.slice(1)))
    while (is(','))
    want('>>')
    return ({ row, next }) => {
      for (const cell of cells) next[cell] ??= row[cell]
      return cells.every((cell) => next[cell] === row[cell])
    }
  }
  const named = (name: string): Expression => {
    if (is('(')) {
      const argument = or()
      want(')')
      if (name === 'Unknown') return (scope) => fail(`unknown: ${argument(scope)}`)
      return (scope) => operator(name)({ ...scope, given: { [parameterOf(name)!]: argument(scope) } })
    }
    if (/^c\d+$/.test(name)) {
      const cell = Number(name.slice(1))
      return is("'") ? ({ next }) => next[cell]! : ({ row }) => row[cell]!
    }
    return (scope) => scope.given[name] ?? operator(name)({ ...scope, given: {} })
  }
  const all = or()
  return at === tokens.length ? all : fail(`${tokens[at]} is not wanted`)
}
