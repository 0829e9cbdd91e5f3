import type { Budget } from './budget.ts'
import { ComponentFinder, type Components } from './components.ts'
import type { StateGraph } from './graph.ts'
import { graphAsProduct, type Product } from './product.ts'

/**
 * Where the runs of a state graph can stay for ever: the graph with a step to itself where a run may rest, and its parts in which a run can come back to where it was.
 * Found once, for all that is asked of the graph.
 */
export interface Cycles {
  readonly product: Product
  /** Strongly connected, with a cycle; of states that were expanded. */
  readonly components: Components
  /** Finds those of parts of them. */
  readonly finder: ComponentFinder
}

/**
 * The cycles of a graph, with its edges, when they are first asked for.
 * @throws Stopped, then, when they are not known in time
 */
export function cyclesOf(graph: StateGraph, budget: Budget): () => Cycles {
  let cycles: Cycles | null = null
  return () => {
    cycles ??= budget.lasting(() => {
      const product = graphAsProduct(graph)
      return cyclesOfProduct(product, budget, budget.spare.ints(product.count))
    })
    return cycles
  }
}

/** The same of a product, with a word of memory a node. */
export function cyclesOfProduct(
  product: Product,
  budget: Budget,
  words: Int32Array = budget.ints(product.count),
): Cycles {
  const finder = new ComponentFinder(product, budget, words)
  return { product, components: finder.ofAll(), finder }
}
