import Graphviz from 'graphviz-wasm'

/** Draws a text in Graphviz's language as SVG. The only place that knows which Graphviz that is. */
export async function svg(dot: string): Promise<string> {
  await Graphviz.loadWASM()
  return Graphviz.layout(dot, 'svg', 'dot')
}
