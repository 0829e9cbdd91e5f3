import { cone } from './cone.ts'
import { lanesOf } from './lanes.ts'
import { oneLine } from './one-line.ts'
import { atInstant, captionOf, detailOf, type Flight, flightsOf, nameOf, type Story } from './story.ts'
import { wrapped } from './text-width.ts'
import { whyLost } from './why-lost.ts'

/**
 * The run as a causal graph in Graphviz's language: a node a step, an arrow for what came before at the same node, and one for each
 * message from the step that sent it to the step that took it. Steps that no path joins know nothing of each other, but for who held which address.
 * Arrows have no words: what was sent is said where it ends, so that no label can cover an arrow.
 */
export function dot(story: Story, title = captionOf(story)): string {
  const flights = flightsOf(story)
  const lanes = lanesOf(story, flights)
  const inside = cone(story)
  const aside = (i: number): string => (inside.has(i) ? '' : ' aside')
  const homeOf = (i: number): string | null => {
    const { actor, kind } = story.steps[i]!
    return actor !== undefined && !isLoss(kind) && lanes.includes(actor) ? actor : null
  }
  const all = story.steps.map((_, i) => i)
  const node = (i: number): string =>
    `s${i} [label=${quoted(wordsOf(story, i, flights.get(i)))}, class="${sortOf(story.steps[i]!.kind)}${aside(i)}", ${LOOKS[sortOf(story.steps[i]!.kind)]}]`
  const lines = lanes.flatMap((lane, k) => [
    `subgraph cluster_${k} {`,
    `  label=${quoted(lane)}; class=lane; style="rounded,filled"; fillcolor="#f4f7fa"; color="#c6ced7"; fontname="Helvetica-Bold"; fontsize=11`,
    ...all.filter((i) => homeOf(i) === lane).map((i) => `  ${node(i)}`),
    '}',
  ])
  for (const i of all) if (homeOf(i) === null) lines.push(node(i))
  for (const lane of lanes) {
    const steps = all.filter((i) => homeOf(i) === lane)
    for (const [k, i] of steps.slice(1).entries())
      lines.push(`s${steps[k]} -> s${i} [class=before, color="#8793a1", weight=8]`)
  }
  for (const [i, { sentAt, lostBecause }] of flights) {
    if (sentAt === null) continue
    const look = lostBecause === null ? 'color="#1d2733"' : 'color="#b71c1c", style=dashed'
    lines.push(`s${sentAt} -> s${i} [class="${lostBecause === null ? 'message' : 'lost'}${aside(i)}", ${look}]`)
  }
  if (story.loopStart !== null && story.loopStart < story.steps.length) {
    lines.push(
      `s${story.steps.length - 1} -> s${story.loopStart} [label="for ever", class=loop, style=bold, color="#b71c1c", fontcolor="#b71c1c", constraint=false]`,
    )
  }
  return graph(title, lines)
}

const isLoss = (kind: string): boolean => kind === 'lost' || kind === 'fault'

export type Sort = 'takes' | 'move' | 'timer' | 'dead'

const MOVES = ['detach', 'attach', 'move', 'overlap', 'release', 'restart']

const sortOf = (kind: string): Sort =>
  isLoss(kind) || kind === 'crash' ? 'dead' : kind === 'timer' ? 'timer' : MOVES.includes(kind) ? 'move' : 'takes'

/** Each sort of step has a shape besides its colour. */
const LOOKS: Readonly<Record<Sort, string>> = {
  takes: 'fillcolor="#ffffff", color="#1d2733", fontcolor="#1d2733"',
  move: 'shape=ellipse, style=filled, margin="0,0.02", fillcolor="#e9f5ee", color="#14532d", fontcolor="#14532d"',
  timer: 'shape=hexagon, style=filled, margin="0,0.02", fillcolor="#fdf4e3", color="#7a4b00", fontcolor="#7a4b00"',
  dead: 'style="filled,dashed", fillcolor="#fdeceb", color="#b71c1c", fontcolor="#b71c1c"',
}

/** A step with its number, without what its place and its arrow say; what was taken and its fields on lines of their own. */
function wordsOf(story: Story, i: number, flight: Flight | undefined): string {
  const { text, actor, kind } = story.steps[i]!
  const number = `${i + 1}. ${atInstant(story, i, '')}`
  if (flight === undefined) return folded(number + within(actor, text))
  const { packet } = flight
  const detail = detailOf(packet)
  const fields = detail === '' ? '' : `\n${folded(detail)}`
  if (isLoss(kind)) {
    const where = folded(`to ${packet.destination}${whyLost(story, flight)}`)
    return `${folded(`${number}✕ ${nameOf(packet)}`)}${fields}\n${where}`
  }
  const short = (detail === '' ? text : text.replace(` (${detail})`, '')).replace(` from ${packet.source}`, '')
  return `${folded(number + within(actor, short))}${fields}`
}

/** What a node does, said in its own place. */
const within = (actor: string | undefined, text: string): string =>
  (actor !== undefined && text.startsWith(`${actor} `) ? text.slice(actor.length + 1) : text).replace(
    ` at ${actor}`,
    '',
  )

/** The frame of every graph. Ranks are of the whole graph (newrank), not of each lane: otherwise arrows point up. */
export function graph(title: string, lines: readonly string[]): string {
  return [
    'digraph counterexample {',
    `  graph [label=${quoted(title)}, labelloc=t, fontname="Helvetica", fontsize=13, rankdir=TB, newrank=true, nodesep=0.25, ranksep=0.3]`,
    '  node [shape=box, style="rounded,filled", fillcolor="#ffffff", fontname="Helvetica", fontsize=10, margin="0.12,0.06", height=0.3]',
    '  edge [fontname="Helvetica", fontsize=9, arrowsize=0.7]',
    ...lines.map((line) => `  ${line}`),
    '}',
    '',
  ].join('\n')
}

/** Lines between quotes. Entities are Graphviz's, and so an ampersand is one too. */
export const quoted = (text: string): string =>
  `"${text
    .split('\n')
    .map((line) => oneLine(line).replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('"', '\\"'))
    .join('\\n')}"`

/** Lines of about thirty characters. */
export const folded = (text: string): string => wrapped(oneLine(text), { size: 10 }, 165).join('\n')
