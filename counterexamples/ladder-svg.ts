import { cone } from './cone.ts'
import { sentence } from './sentence.ts'
import { detailOf, type Flight, flightsOf, nameOf, ownerOf, type Story } from './story.ts'

/**
 * The ladder as SVG, made here without any library: a lane a node, time downwards. Bands show where each host is attached, broken
 * lines that it holds no address, hatching that it is wrong about the other; a lost packet ends in a cross at the address where it died.
 * Black and white, print and dark mode: every meaning has a shape besides its colour.
 */
export function ladderSvg(story: Story, options: LadderOptions = {}): string {
  const flights = flightsOf(story)
  const lanes = lanesOf(story, flights)
  const sheet = new Sheet(story, lanes, flights, options)
  return sheet.svg(`${story.protocol}/${story.variant} · ${story.scenario} · ${story.property}`)
}

export interface LadderOptions {
  /** A step to point at, in words. */
  readonly mark?: { readonly step: number; readonly words: string }
  /** Room for so many lines of text above, so that two ladders begin at one height. */
  readonly lines?: number
}

/** How many lines the sentence above a ladder takes. */
export const linesAbove = (story: Story): number => {
  const flights = flightsOf(story)
  return new Sheet(story, lanesOf(story, flights), flights, {}).lines
}

/** Nodes that take part, those that hold addresses of one network beside each other. */
export function lanesOf(story: Story, flights = flightsOf(story)): readonly string[] {
  const busy = new Set<string | null | undefined>([
    ...story.steps.map((step) => step.actor),
    ...[...flights.values()].flatMap((flight) => [flight.from, flight.to]),
    ...story.moments.flatMap((moment) => moment.wrong.map(({ holder }) => holder)),
  ])
  return story.lanes.filter((lane) => busy.has(lane))
}

const ROW = 30
/** Room beside the outer lanes for what their nodes do by themselves. */
const LEFT = 230
const RIGHT = 240
const CHAR = 6.3
const TINY = 5.6

const STYLE = `
.l{font-family:Helvetica,Arial,sans-serif;font-size:12px;fill:#1d2733}
.paper{fill:#fff}.head{font-weight:bold}.small{font-size:10px}.pale{fill:#66727f}.title{font-weight:bold;font-size:13px}
.life{stroke:#8793a1;stroke-width:1.5}.gap{stroke-dasharray:2 5}.band{fill:#dbe7f5;stroke:#2f6fb0;stroke-width:1}.stale{fill:url(#hatch);stroke:#b71c1c;stroke-width:.7}
.msg{stroke:#1d2733;stroke-width:1.4;fill:none}.tube{stroke:#8793a1;stroke-width:8;opacity:.35;fill:none}.lost{stroke:#b71c1c}.dead{fill:#b71c1c}
.cross{stroke:#b71c1c;stroke-width:2.6}.head-box{fill:#fff;stroke:#1d2733}.note{fill:#fff;stroke-width:1}.note-move{stroke:#14532d}.note-timer{stroke:#7a4b00}.note-dead{stroke:#b71c1c}
.move{fill:#14532d}.timer{fill:#7a4b00}.clock{fill:none;stroke:#7a4b00;stroke-width:1.1}.halo{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}
.loop{fill:none;stroke:#b71c1c;stroke-width:1.5;stroke-dasharray:7 4}.aside{opacity:.42}.here-box{fill:none;stroke:#b58900;stroke-width:2.2}.tip{fill:#1d2733}
@media (prefers-color-scheme:dark){.l{fill:#e6edf3}.paper,.head-box,.note{fill:#12171d}.pale{fill:#98a5b3}.life,.tube{stroke:#6f7d8c}.band{fill:#1f3550;stroke:#7fb2e5}.msg,.head-box{stroke:#e6edf3}.lost,.cross,.loop,.stale,.note-dead{stroke:#ff8a80}.dead{fill:#ff8a80}.move{fill:#8fd3a5}.timer{fill:#e3b565}.note-move{stroke:#8fd3a5}.note-timer{stroke:#e3b565}.halo{stroke:#12171d}.tip{fill:#e6edf3}}
@media print{.l,.pale,.dead,.move,.timer,.tip{fill:#000}.msg,.cross,.loop,.stale,.note,.band,.life{stroke:#000}.band{fill:#eee}.halo{stroke:#fff}.paper,.head-box,.note{fill:#fff}}
`.replaceAll('\n', '')

class Sheet {
  readonly #story: Story
  readonly #lanes: readonly string[]
  readonly #flights: ReadonlyMap<number, Flight>
  readonly #inside: ReadonlySet<number>
  readonly #parts: string[] = []
  readonly #words: readonly string[]
  readonly #top: number
  /** From lane to lane: wider where there are few. */
  readonly #lane: number

  readonly #options: LadderOptions

  constructor(story: Story, lanes: readonly string[], flights: ReadonlyMap<number, Flight>, options: LadderOptions) {
    this.#options = options
    this.#story = story
    this.#lanes = lanes
    this.#flights = flights
    this.#inside = cone(story)
    this.#lane = lanes.length < 4 ? 260 : 200
    this.#words = wrap(sentence(story), Math.floor(((lanes.length - 1) * this.#lane + LEFT + RIGHT - 30) / CHAR))
    this.#top = 40 + Math.max(this.lines, options.lines ?? 0) * 16 + 62
  }

  get lines(): number {
    return this.#words.length
  }

  svg(caption: string): string {
    const { steps } = this.#story
    this.#heads()
    this.#bands()
    this.#stale()
    this.#lives()
    this.#loop()
    steps.forEach((_, i) => {
      this.#step(i)
    })
    const width = LEFT + (this.#lanes.length - 1) * this.#lane + RIGHT
    const below = this.#y(steps.length) + (this.#story.loopStart === null ? 44 : 62)
    const height = below + 60
    this.#mark()
    this.#legend(below)
    const words = this.#words.map((line, i) => text(16, 40 + i * 16, line, 'pale')).join('')
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" class="l" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t d">`,
      `<title id="t">${escapeXml(caption)}</title>`,
      `<desc id="d">${escapeXml(`${sentence(this.#story)} ${steps.map((step, i) => `${i + 1}. ${step.text}.`).join(' ')}`)}</desc>`,
      `<style>${STYLE}</style>`,
      '<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 1L9 5L0 9z"/></marker>',
      '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" stroke="#c62828" stroke-width="2" opacity=".55"/></pattern></defs>',
      `<rect class="paper" width="${width}" height="${height}"/>`,
      text(16, 22, caption, 'title'),
      words,
      ...this.#parts,
      '</svg>',
      '',
    ].join('\n')
  }

  #heads(): void {
    const y = this.#top - 42
    for (const lane of this.#lanes) {
      const w = Math.max(54, lane.length * 7.4 + 18)
      const x = this.#x(lane)
      this.#put(`<rect class="head-box" x="${x - w / 2}" y="${y - 15}" width="${w}" height="22" rx="4"/>`)
      this.#put(text(x, y, lane, 'head', 'middle'))
      const held = this.#story.moments[0]!.held[lane] ?? []
      const stays = this.#story.moments.every((moment) => String(moment.held[lane]) === String(held))
      if (stays && held.length > 0) this.#put(text(x, y + 22, held.join(', '), 'small pale', 'middle'))
    }
  }

  /** Where each host is attached: a band a stay, with its address. */
  #bands(): void {
    for (const lane of this.#lanes) {
      const stays = this.#spans((i) => this.#moment(i).held[lane]?.join(', ') ?? '')
      if (stays.length < 2) continue
      for (const { from, to, value } of stays) {
        if (value === '') continue
        const [y, bottom] = [this.#y(from) - (from === 0 ? 24 : ROW / 2), this.#y(to) + ROW / 2]
        const x = this.#x(lane)
        this.#put(`<rect class="band" x="${x - 9}" y="${y}" width="18" height="${bottom - y}" rx="7"/>`)
        // Later addresses are told by the moves.
        if (from === 0) this.#put(text(x + 13, y + 11, value, 'small halo', 'start'))
      }
    }
  }

  /** From the step at which a belief became false to the one that mends it. */
  #stale(): void {
    for (const lane of this.#lanes) {
      const spans = this.#spans((i) =>
        this.#moment(i)
          .wrong.filter(({ holder }) => holder === lane)
          .map((belief) => belief.text)
          .join('; '),
      )
      let told = ''
      for (const { from, to, value } of spans) {
        if (value === '') {
          told = ''
          continue
        }
        const [y, bottom] = [this.#y(from) - (from === 0 ? 24 : ROW / 2), this.#y(to) + ROW / 2]
        const x = this.#x(lane)
        this.#put(
          `<rect class="stale" x="${x - 5}" y="${y}" width="10" height="${bottom - y}"><title>${escapeXml(value)}</title></rect>`,
        )
        const short = brief(value)
        // Said once, at its beginning, on the side that is free.
        const last = lane === this.#lanes.at(-1)
        if (short !== told)
          this.#put(text(x + (last ? 14 : -14), y + 11, short, 'small dead halo', last ? 'start' : 'end', 9.5))
        told = short
      }
    }
  }

  #lives(): void {
    for (const lane of this.#lanes) {
      for (const { from, to, value } of this.#spans((i) =>
        (this.#moment(i).held[lane] ?? []).length === 0 ? 'gap' : '',
      )) {
        const x = this.#x(lane)
        const [y, bottom] = [this.#y(from) - (from === 0 ? 24 : ROW / 2), this.#y(to) + ROW / 2]
        this.#put(`<line class="life ${value}" x1="${x}" y1="${y}" x2="${x}" y2="${bottom}"/>`)
      }
    }
  }

  #loop(): void {
    const { loopStart, steps, moments } = this.#story
    if (loopStart === null) return
    const stays = loopStart === moments.length - 1
    const top = this.#y(loopStart) + (stays ? ROW * 0.6 : ROW / 2)
    const bottom = this.#y(steps.length) + (stays ? ROW * 1.1 : ROW / 2)
    const width = (this.#lanes.length - 1) * this.#lane + LEFT + RIGHT - 50
    this.#put(`<rect class="loop" x="34" y="${top}" width="${width}" height="${bottom - top}" rx="8"/>`)
    const words = stays ? '∞ nothing more can happen: this stays for ever' : '∞ again and again, for ever'
    this.#put(text(40, bottom + 14, words, 'small dead'))
  }

  #step(i: number): void {
    const step = this.#story.steps[i]!
    const y = this.#y(i + 1)
    const aside = this.#inside.has(i) ? '' : ' class="aside"'
    this.#put(`<g${aside} data-step="${i}"><title>${escapeXml(step.text)}</title>`)
    this.#put(text(28, y + 4, String(i + 1), 'small pale', 'end'))
    const flight = this.#flights.get(i)
    if (flight !== undefined) this.#flight(i, flight, y)
    else if (step.actor !== undefined && this.#lanes.includes(step.actor))
      this.#note(step.actor, step.kind, step.text, y)
    this.#put('</g>')
  }

  #mark(): void {
    const { mark } = this.#options
    if (mark === undefined || mark.step >= this.#story.steps.length) return
    const y = this.#y(mark.step + 1)
    const width = (this.#lanes.length - 1) * this.#lane + LEFT + RIGHT - 40
    this.#put(`<rect class="here-box" x="20" y="${y - ROW / 2}" width="${width}" height="${ROW}" rx="6"/>`)
    this.#put(text(width + 14, y - ROW / 2 - 4, mark.words, 'small halo head', 'end'))
  }

  /** What a node does by itself: moves, timers, crashes. */
  #note(actor: string, kind: string, full: string, y: number): void {
    const words = (full.startsWith(`${actor} `) ? full.slice(actor.length + 1) : full).replace(` at ${actor}`, '')
    const colour = kind === 'timer' ? 'timer' : kind === 'crash' ? 'dead' : 'move'
    const label = shorten(words, 32)
    const clock = kind === 'timer' ? 15 : 0
    const width = label.length * TINY + 16 + clock
    // Outer lanes have room outside; between lanes it stands on its own.
    const x = this.#x(actor)
    const first = actor === this.#lanes[0]
    const last = actor === this.#lanes.at(-1)
    const left = first ? x - 14 - width : last ? x + 14 : x - width / 2
    this.#put(`<rect class="note note-${colour}" x="${left}" y="${y - 10}" width="${width}" height="19" rx="9"/>`)
    if (clock > 0) {
      this.#put(`<path class="clock" d="M${left + 14} ${y - 5.5}a5 5 0 1 0 .01 0M${left + 14} ${y - 3}v3l2.4 1.6"/>`)
    }
    this.#put(text(left + clock + (width - clock) / 2, y + 3.5, label, `small ${colour}`, 'middle'))
  }

  #flight(i: number, flight: Flight, y: number): void {
    const lost = flight.lostBecause !== null
    const owner = ownerOf(this.#story, flight.packet.destination)
    const target = flight.to ?? owner
    const { from } = flight
    const name = nameOf(flight.packet)
    const detail = detailOf(flight.packet)
    if (
      from === null ||
      target === null ||
      from === target ||
      !this.#lanes.includes(from) ||
      !this.#lanes.includes(target)
    ) {
      const lane = target ?? from
      if (lane !== null && this.#lanes.includes(lane)) {
        this.#put(text(this.#x(lane) + 14, y + 4, `${lost ? '✕ ' : '• '}${name}`, `small halo${lost ? ' dead' : ''}`))
      }
      return
    }
    const right = this.#x(target) > this.#x(from)
    const sentY = flight.sentAt === null ? y : this.#y(flight.sentAt + 1)
    // Steep arrows would cross everything: they begin a row and a half above where they end, at most.
    const startY = Math.max(sentY, y - ROW * 1.5)
    const startX = this.#x(from) + (right ? 10 : -10)
    const endX = this.#x(target) + (right ? -1 : 1) * (lost ? 22 : 11)
    const path = `M${startX} ${startY}L${endX} ${y}`
    if (flight.packet.inside !== undefined) this.#put(`<path class="tube" d="${path}"/>`)
    this.#put(
      `<path class="msg${lost ? ' lost' : ''}" d="${path}"${lost ? ' stroke-dasharray="6 3"' : ' marker-end="url(#arrow)"'}/>`,
    )
    const at = (startX + endX) / 2
    const middle = (startY + y) / 2
    const room = Math.abs(endX - startX) - 16
    const late = flight.sentAt !== null && i - flight.sentAt > 1 ? ` (sent at ${flight.sentAt + 1})` : ''
    this.#put(
      text(at, middle - 5, shorten(name + late, Math.floor(room / CHAR)), `small halo${lost ? ' dead' : ''}`, 'middle'),
    )
    if (detail !== '') {
      this.#put(text(at, middle + 9, shorten(detail, Math.floor(room / TINY)), 'small pale halo', 'middle', 9))
    }
    if (!lost) return
    const size = 6
    this.#put(
      `<path class="cross" d="M${endX - size} ${y - size}L${endX + size} ${y + size}M${endX + size} ${y - size}L${endX - size} ${y + size}"/>`,
    )
    const left = owner === null ? '' : this.#leftAt(owner, flight.packet.destination, i)
    this.#put(
      text(
        this.#x(target) + (right ? 14 : -14),
        y + 4,
        `${flight.packet.destination}${left}`,
        'small dead halo',
        right ? 'start' : 'end',
        9.5,
      ),
    )
  }

  /** ', left at 5': when whoever held an address gave it up. */
  #leftAt(owner: string, address: string, before: number): string {
    for (let i = before; i >= 0; i--) {
      if ((this.#moment(i).held[owner] ?? []).includes(address)) return `, left at ${i + 1}`
    }
    return ''
  }

  #legend(y: number): void {
    const x = 40
    this.#put(
      `<rect class="band" x="${x}" y="${y}" width="14" height="14" rx="5"/>${text(x + 20, y + 11, 'attached there', 'small pale')}`,
    )
    this.#put(
      `<line class="life gap" x1="${x + 122}" y1="${y}" x2="${x + 122}" y2="${y + 16}"/>${text(x + 130, y + 11, 'holds no address', 'small pale')}`,
    )
    this.#put(
      `<rect class="stale" x="${x + 232}" y="${y}" width="10" height="14"/>${text(x + 248, y + 11, 'is wrong about the other', 'small pale')}`,
    )
    this.#put(
      text(x, y + 30, '✕ lost at this address · pale: beside the point · numbers: the steps, in order', 'small pale'),
    )
  }

  /** Moments 0…n, in runs of equal value. */
  #spans(read: (moment: number) => string): { from: number; to: number; value: string }[] {
    const spans: { from: number; to: number; value: string }[] = []
    for (let i = 0; i <= this.#story.steps.length; i++) {
      const value = read(i)
      const last = spans.at(-1)
      if (last !== undefined && last.value === value) last.to = i
      else spans.push({ from: i, to: i, value })
    }
    return spans
  }

  #moment(i: number) {
    return this.#story.moments[i] ?? this.#story.moments[this.#story.loopStart ?? 0]!
  }

  #x(lane: string): number {
    return LEFT + this.#lanes.indexOf(lane) * this.#lane
  }

  #y(row: number): number {
    return this.#top + row * ROW
  }

  #put(part: string): void {
    this.#parts.push(part)
  }
}

export const escapeXml = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function text(x: number, y: number, words: string, style = '', anchor = 'start', size?: number): string {
  const font = size === undefined ? '' : ` style="font-size:${size}px"`
  return `<text x="${x}" y="${y}" class="${style}" text-anchor="${anchor}"${font}>${escapeXml(words)}</text>`
}

const shorten = (words: string, most: number): string =>
  words.length <= most ? words : `${words.slice(0, Math.max(1, most - 1))}…`

/** 'a thinks that b is at east-1/b, but b is at east-2/b' as 'b: east-1/b?'. */
const brief = (belief: string): string =>
  belief
    .split('; ')
    .map((one) => /thinks that (.*) is at (\S+), but/.exec(one))
    .map((match) => (match === null ? '?' : `${match[1]} at ${match[2]}?`))
    .join(', ')

function wrap(words: string, width: number): string[] {
  const lines: string[] = ['']
  for (const word of words.split(' ')) {
    const line = lines.at(-1)!
    if (line !== '' && line.length + word.length + 1 > width) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines
}
