import { drawnIn } from './chart-svg.ts'
import type { Plotted } from './figure.ts'

/** A chart as SVG, without a browser: linkedom makes the document. It and the plot library are loaded only when something is drawn. */
export async function drawn(plotted: Plotted, title: string): Promise<string> {
  const [plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom')])
  const { document } = parseHTML('<html><body></body></html>')
  return drawnIn(document, plot, plotted, title)
}
