import { sentence } from './sentence.ts'
import { detailOf, type Flight, flightsOf, nameOf, ownerOf, type Story } from './story.ts'

/**
 * The ladder in Graphviz's language: every position is given (points), Graphviz only draws. Lanes from left
 * to right, steps from top to bottom; a message is drawn from the step that sent it to the step that ended it.
 */
export function dot(story: Story): string {
  const flights = flightsOf(story)
  const lanes = story.lanes.filter((lane) => takesPart(story, flights, lane))
  const drawing = new Drawing(story, lanes)
  drawing.heads()
  drawing.lifelines()
  drawing.loop()
  drawing.legend()
  story.steps.forEach((_, i) => {
    drawing.step(i, flights.get(i))
  })
  return drawing.text()
}

function takesPart(story: Story, flights: ReadonlyMap<number, Flight>, lane: string): boolean {
  return (
    story.steps.some((step) => step.actor === lane) ||
    [...flights.values()].some((flight) => flight.from === lane || flight.to === lane) ||
    story.moments.some((moment) => moment.wrong.some(({ holder }) => holder === lane))
  )
}

const LANE = 210
const STEP = 34
const COLOURS = {
  line: '#9aa5b1',
  band: '#2f6fb0',
  dead: '#c62828',
  wrong: '#f4b6b0',
  move: '#1b5e20',
  timer: '#8a5a00',
}

class Drawing {
  readonly #story: Story
  readonly #lanes: readonly string[]
  readonly #lines: string[] = []
  #points = 0

  constructor(story: Story, lanes: readonly string[]) {
    this.#story = story
    this.#lanes = lanes
  }

  text(): string {
    const title = wrapped(sentence(this.#story), Math.max(60, this.#lanes.length * 30))
    return [
      'digraph counterexample {',
      '  graph [outputorder=edgesfirst, layout=neato, inputscale=72, splines=line, bgcolor=white, pad=0.3, labelloc=t, labeljust=l, fontname="Helvetica",',
      `    fontsize=13, label=${quoted(`${this.#story.protocol}/${this.#story.variant}, ${this.#story.scenario}: ${this.#story.property}\n${title}\n `, '\\l')}]`,
      '  node [shape=plaintext, fontname="Helvetica", fontsize=11, margin=0.04, height=0, width=0]',
      '  edge [fontname="Helvetica", fontsize=10, arrowsize=0.7]',
      ...this.#lines.map((line) => `  ${line}`),
      '}',
      '',
    ].join('\n')
  }

  heads(): void {
    for (const lane of this.#lanes) {
      this.#node(
        this.#x(lane),
        26,
        `label=${quoted(lane)}, shape=box, margin="0.14,0.05", style=filled, fillcolor="#e8eef5", color="#2f4b66"`,
      )
    }
  }

  /** A lane's line, thick where the node is attached, broken where it holds no address; shaded beneath where it is wrong. */
  lifelines(): void {
    const rows = Array.from({ length: this.#story.steps.length + 1 }, (_, i) => i)
    for (const lane of this.#lanes) {
      for (const i of rows) {
        const wrong = this.#moment(i).wrong.some(({ holder }) => holder === lane)
        if (wrong) this.#lifeline(lane, i, `color="${COLOURS.wrong}", penwidth=14`)
      }
    }
    for (const lane of this.#lanes) {
      for (const i of rows) {
        const held = this.#moment(i).held[lane] ?? []
        const style =
          held.length === 0 ? `color="${COLOURS.line}", style=dotted` : `color="${COLOURS.band}", penwidth=2.5`
        this.#lifeline(lane, i, style)
        if (i === 0 && held.length > 0) this.#beside(lane, i, held.join(', '), '#5b6b7b')
      }
    }
  }

  loop(): void {
    const { loopStart, steps } = this.#story
    if (loopStart === null) return
    const left = -90
    const right = (this.#lanes.length - 1) * LANE + 120
    const stays = loopStart === this.#story.moments.length - 1
    const top = this.#y(loopStart + (stays ? 0 : 0.5)) - (stays ? STEP * 0.6 : 0)
    const bottom = this.#y(steps.length) - STEP * 0.75
    const corners = [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ] as const
    const points = corners.map(([x, y]) => this.#point(x, y))
    points.forEach((p, i) => {
      this.#edge(p, points[(i + 1) % points.length]!, `dir=none, style=dashed, color="${COLOURS.dead}"`)
    })
    const text = stays ? 'nothing more can happen' : 'again and again, for ever'
    this.#node(right - 60, bottom - 10, `label=${quoted(text)}, fontcolor="${COLOURS.dead}"`)
  }

  legend(): void {
    const text = 'shaded: is wrong about the other\ndotted: holds no address\nX: lost at this address'
    const y = this.#y(this.#story.steps.length) - STEP * 2
    this.#node(((this.#lanes.length - 1) * LANE) / 2, y, `label=${quoted(text)}, fontcolor="#5b6b7b", fontsize=10`)
  }

  step(i: number, flight: Flight | undefined): void {
    const step = this.#story.steps[i]!
    const y = this.#y(i + 1)
    this.#node(-70, y, `label="${i + 1}", fontcolor="#7b8794", fontsize=9`)
    if (flight !== undefined) {
      this.#flight(flight, y)
      return
    }
    if (step.actor === undefined || !this.#lanes.includes(step.actor)) return
    const colour = step.kind === 'timer' ? COLOURS.timer : COLOURS.move
    const words = step.text.startsWith(`${step.actor} `) ? step.text.slice(step.actor.length + 1) : step.text
    this.#node(
      this.#x(step.actor),
      y,
      `label=${quoted(words.replace(` at ${step.actor}`, ''))}, fontcolor="${colour}", shape=box, style="filled,rounded", color="${colour}", fillcolor=white, fontsize=10, margin="0.14,0.05"`,
    )
  }

  #flight(flight: Flight, y: number): void {
    const story = this.#story
    const lost = flight.lostBecause !== null
    const target = flight.to ?? ownerOf(story, flight.packet.destination)
    const from = flight.from
    const name = `${nameOf(flight.packet)}${detailOf(flight.packet) === '' ? '' : `\n${shortened(detailOf(flight.packet))}`}`
    if (from === null || target === null || from === target) {
      const lane = target ?? from
      if (lane !== null) this.#node(this.#x(lane) + 70, y, `label=${quoted(`${lost ? 'X ' : ''}${name}`)}`)
      return
    }
    const startY = flight.sentAt === null ? y : this.#y(flight.sentAt + 1)
    const right = this.#x(target) > this.#x(from)
    const endX = lost ? this.#x(target) + (right ? -46 : 46) : this.#x(target) + (right ? -3 : 3)
    const start = this.#point(this.#x(from) + (right ? 3 : -3), Math.min(startY, y + STEP * 0.7))
    const end = this.#point(endX, y)
    const colour = lost ? COLOURS.dead : '#263238'
    const sent = flight.sentAt === null || flight.endedAt - flight.sentAt <= 1 ? '' : `  (sent at ${flight.sentAt + 1})`
    this.#edge(start, end, `color="${colour}"${lost ? ', arrowhead=none' : ''}`)
    // The label stands on white, beside the middle of the arrow.
    const middleX = (this.#x(from) + endX) / 2
    const middleY = (Math.min(startY, y + STEP * 0.7) + y) / 2
    this.#node(
      middleX,
      middleY,
      `label=${quoted(`${name}${sent}`)}, fontcolor="${colour}", fontsize=9, style=filled, fillcolor="#ffffffd8"`,
    )
    if (lost) {
      this.#node(endX, y, `label="X", fontcolor="${COLOURS.dead}", fontsize=18`)
      this.#node(endX, y - 15, `label=${quoted(flight.packet.destination)}, fontcolor="${COLOURS.dead}", fontsize=9`)
    }
  }

  #moment(i: number) {
    return this.#story.moments[i] ?? this.#story.moments[this.#story.loopStart ?? 0]!
  }

  #beside(lane: string, i: number, text: string, colour: string): void {
    this.#node(
      this.#x(lane) + 8 + text.length * 2.6,
      this.#y(i),
      `label=${quoted(text)}, fontcolor="${colour}", fontsize=9`,
    )
  }

  #x(lane: string): number {
    return this.#lanes.indexOf(lane) * LANE
  }

  #y(step: number): number {
    return -step * STEP
  }

  #node(x: number, y: number, attributes: string): void {
    this.#lines.push(`n${this.#points++} [pos="${x},${y}!", ${attributes}]`)
  }

  /** A piece of a lane around a row. On points of its own: Graphviz bends edges that share both ends. */
  #lifeline(lane: string, row: number, style: string): void {
    const [x, y] = [this.#x(lane), this.#y(row)]
    this.#edge(this.#point(x, y + STEP / 2), this.#point(x, y - STEP / 2), `dir=none, ${style}`)
  }

  #point(x: number, y: number): string {
    const name = `n${this.#points++}`
    this.#lines.push(`${name} [pos="${x},${y}!", shape=point, style=invis, width=0.01]`)
    return name
  }

  #edge(from: string, to: string, attributes: string): void {
    this.#lines.push(`${from} -> ${to} [${attributes}]`)
  }
}

function quoted(text: string, newline = '\\n'): string {
  return `"${ascii(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', newline)}"`
}

/** Graphviz knows the widths of ASCII only, and warns about the rest. */
const ascii = (text: string): string =>
  text
    .replaceAll('→', '->')
    .replaceAll('…', '...')
    .replaceAll(/[^\x20-\x7e\n]/g, '?')

const shortened = (text: string): string => (text.length > 44 ? `${text.slice(0, 43)}…` : text)

function wrapped(text: string, width: number): string {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1]!
    if (line.length + word.length + 1 > width && line !== '') lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.join('\n')
}
