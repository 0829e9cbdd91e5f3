import { folded, graph, quoted } from './dot.ts'

/** A reachable graph, small enough to look at. States are numbered as the search found them. */
export interface DrawnGraph {
  readonly title: string
  readonly states: readonly { readonly name: string; readonly words: string; readonly wrong: boolean }[]
  readonly steps: readonly {
    readonly from: string
    readonly to: string
    readonly words: string
    readonly moves: boolean
  }[]
}

/** Violating states are red, and have a double border as well. */
export function stateGraphDot({ title, states, steps }: DrawnGraph): string {
  return graph(title, [
    ...states.map(
      ({ name, words, wrong }) =>
        `${name} [label=${quoted(folded(words))}${wrong ? ', color="#b71c1c", fontcolor="#b71c1c", peripheries=2' : ''}]`,
    ),
    ...steps.map(
      ({ from, to, words, moves }) =>
        `${from} -> ${to} [label=${quoted(folded(words))}${moves ? ', color="#14532d", fontcolor="#14532d"' : ''}]`,
    ),
  ])
}

/** Two graphs in one: what only the first has is dashed red, what only the second has is bold green, what both have is grey. */
export function differenceDot(title: string, left: DrawnGraph, right: DrawnGraph): string {
  const key = (words: string): string => words
  const names = new Map<string, string>()
  const nameOf = (words: string): string => {
    const known = names.get(key(words))
    if (known !== undefined) return known
    const name = `d${names.size}`
    names.set(key(words), name)
    return name
  }
  const wordsOf = (graph: DrawnGraph): Map<string, string> =>
    new Map(graph.states.map(({ name, words }) => [name, words]))
  const [inLeft, inRight] = [wordsOf(left), wordsOf(right)]
  const states = (graph: DrawnGraph) => new Set(graph.states.map(({ words }) => words))
  const steps = (graph: DrawnGraph, words: ReadonlyMap<string, string>) =>
    new Set(graph.steps.map((step) => `${words.get(step.from)}\u0000${step.words}\u0000${words.get(step.to)}`))
  const [leftStates, rightStates] = [states(left), states(right)]
  const [leftSteps, rightSteps] = [steps(left, inLeft), steps(right, inRight)]
  const style = (isLeft: boolean, isRight: boolean): string =>
    isLeft && isRight
      ? 'color="#8793a1", fontcolor="#66727f"'
      : isLeft
        ? 'color="#b71c1c", fontcolor="#b71c1c", style=dashed'
        : 'color="#14532d", fontcolor="#14532d", style=bold'
  return graph(title, [
    ...[...new Set([...leftStates, ...rightStates])].map(
      (words) =>
        `${nameOf(words)} [label=${quoted(folded(words))}, ${style(leftStates.has(words), rightStates.has(words))}]`,
    ),
    ...[...new Set([...leftSteps, ...rightSteps])].map((one) => {
      const [from = '', words = '', to = ''] = one.split('\u0000')
      return `${nameOf(from)} -> ${nameOf(to)} [label=${quoted(folded(words))}, ${style(leftSteps.has(one), rightSteps.has(one))}]`
    }),
  ])
}
