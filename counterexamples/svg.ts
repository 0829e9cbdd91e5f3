/**
 * Draws a text in Graphviz's language as SVG. The only place that knows which Graphviz that is: a megabyte, and so not looked at before
 * somebody wants a drawing.
 */
export async function svg(dot: string): Promise<string> {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz')
  const graphviz = await Graphviz.load()
  return graphviz.layout(dot, 'svg', 'dot')
}
