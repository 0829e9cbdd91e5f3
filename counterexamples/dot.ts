import { detailOf, flightsOf, nameOf, type Story } from './story.ts'

/**
 * The run as a causal graph in Graphviz's language: a node a step, an arrow for what came before at the same node, and one for each
 * message from the step that sent it to the step that took it. What stands on no path between two steps could have happened in any order.
 */
export function dot(story: Story): string {
  const flights = flightsOf(story)
  const actors = [...new Set(story.steps.map((step) => step.actor ?? 'the network'))]
  const lines: string[] = []
  for (const [k, actor] of actors.entries()) {
    lines.push(`subgraph cluster_${k} { label=${quoted(actor)}; style=rounded; color="#8793a1"; fontsize=11;`)
    story.steps.forEach((step, i) => {
      if ((step.actor ?? 'the network') !== actor) return
      lines.push(`  s${i} [label=${quoted(`${i + 1}. ${folded(step.text)}`)}${look(step.kind)}]`)
    })
    lines.push('}')
  }
  const last = new Map<string, number>()
  story.steps.forEach((step, i) => {
    const actor = step.actor ?? 'the network'
    const before = last.get(actor)
    if (before !== undefined) lines.push(`s${before} -> s${i} [color="#8793a1", weight=8]`)
    last.set(actor, i)
    const flight = flights.get(i)
    if (flight === undefined || flight.sentAt === null) return
    const words = [nameOf(flight.packet), detailOf(flight.packet)].filter((part) => part !== '').join('\n')
    const lost = flight.lostBecause !== null
    lines.push(
      `s${flight.sentAt} -> s${i} [label=${quoted(words)}, ${lost ? 'color="#b71c1c", fontcolor="#b71c1c", style=dashed' : 'color="#1d2733"'}]`,
    )
  })
  if (story.loopStart !== null && story.loopStart < story.steps.length) {
    lines.push(
      `s${story.steps.length - 1} -> s${story.loopStart} [label="for ever", style=bold, color="#b71c1c", fontcolor="#b71c1c", constraint=false]`,
    )
  }
  return graph(`${story.protocol}/${story.variant}, ${story.scenario}: ${story.property}`, lines)
}

function look(kind: string): string {
  if (kind === 'lost' || kind === 'fault') return ', color="#b71c1c", fontcolor="#b71c1c"'
  if (kind === 'timer') return ', color="#7a4b00", fontcolor="#7a4b00"'
  return ['detach', 'attach', 'move', 'overlap', 'release'].includes(kind)
    ? ', color="#14532d", fontcolor="#14532d"'
    : ''
}

/** The frame of every graph. */
export function graph(title: string, lines: readonly string[]): string {
  return [
    'digraph counterexample {',
    `  graph [label=${quoted(title)}, labelloc=t, fontname="Helvetica", fontsize=13, rankdir=TB, nodesep=0.25, ranksep=0.3]`,
    '  node [shape=box, style=rounded, fontname="Helvetica", fontsize=10, margin="0.2,0.06"]',
    '  edge [fontname="Helvetica", fontsize=9, arrowsize=0.7]',
    ...lines.map((line) => `  ${line}`),
    '}',
    '',
  ].join('\n')
}

export function quoted(text: string): string {
  return `"${ascii(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
}

/** Graphviz knows the widths of ASCII only, and warns about the rest. */
const ascii = (text: string): string =>
  text
    .replaceAll('→', '->')
    .replaceAll('…', '...')
    .replaceAll(/[^\x20-\x7e\n]/g, '?')

/** Lines of about thirty characters. */
export function folded(text: string): string {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!
    if (line !== '' && line.length + word.length > 30) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.join('\n')
}
