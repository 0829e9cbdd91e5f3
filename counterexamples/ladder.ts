import { lanesOf } from './lanes.ts'
import { sentence } from './sentence.ts'
import { captionOf, type Flight, flightsOf, instantInWords, nameOf, ownerOf, type Story } from './story.ts'

/** How parts of a ladder are set off, on a terminal; each function returns its text, perhaps with colour. */
export interface Paint {
  dead(text: string): string
  move(text: string): string
  timer(text: string): string
  faint(text: string): string
  strong(text: string): string
}

const plainly = (text: string): string => text
export const noPaint: Paint = { dead: plainly, move: plainly, timer: plainly, faint: plainly, strong: plainly }

const MARGIN = 5
const GAP = '┊'
const LINE = '│'
const WRONG = '┃'

/** The counterexample as text: one sentence, a ladder with a lane a node, the steps in words, and who is wrong at the end. */
export function ladder(story: Story, paint: Paint = noPaint): string {
  const end = story.moments[story.moments.length - 1]!
  const wrong = end.wrong.map(({ text }) => `  ${paint.dead('✗')} ${text}`)
  return [
    paint.strong(captionOf(story)),
    sentence(story),
    '',
    ...rungs(story, paint),
    '',
    paint.faint(
      `${LINE} attached   ${GAP} holds no address   ${WRONG} is wrong about the other   ✗ lost   (n) sent at step n`,
    ),
    '',
    ...story.steps.map((step, i) => `${String(i + 1).padStart(3)}  ${instant(story, i)}${step.text}`),
    '',
    story.loopStart === null ? 'At the end:' : 'For ever after:',
    ...(wrong.length === 0 ? ['  nobody is wrong about anybody'] : wrong),
    '',
    paint.faint(`Assumed: ${story.assumptions.join(' · ')}`),
    '',
  ].join('\n')
}

/** When a step is taken, where that is known. */
const instant = ({ time }: Story, i: number): string =>
  time == null ? '' : `${instantInWords(time.instants[i]!).padStart(INSTANT - 1)}  `

const period = ({ time }: Story): string => (time?.period == null ? '' : `, ${instantInWords(time.period)} once round`)

/** Room for an instant of hours, and what is between it and the lanes. */
const INSTANT = 13

function rungs(story: Story, paint: Paint): string[] {
  const flights = flightsOf(story)
  const lanes = lanesOf(story, flights)
  const width = Math.max(28, ...lanes.map((lane) => lane.length + 4))
  const margin = story.time == null ? MARGIN : MARGIN + INSTANT
  const at = (lane: string): number => margin + lanes.indexOf(lane) * width
  const total = margin + lanes.length * width
  const heads = new Row(total)
  for (const lane of lanes) heads.write(at(lane), lane)
  const places = new Row(total)
  for (const lane of lanes) places.write(at(lane), story.moments[0]!.held[lane]?.join(', ') ?? '', paint.faint)
  const rows = [heads.text(), places.text()]
  const rule = (text: string): string => {
    const row = new Row(total)
    row.write(0, `∞ ${text} `.padEnd(total - 1, '─'), paint.strong)
    return row.text()
  }
  story.steps.forEach((step, i) => {
    if (story.loopStart === i) rows.push(rule('from here on, for ever'))
    const row = new Row(total)
    row.write(0, `${String(i + 1).padStart(3)} ${instant(story, i)}`, paint.faint)
    const moment = story.moments[i + 1] ?? story.moments[story.loopStart ?? i]!
    for (const lane of lanes) {
      const wrong = moment.wrong.some(({ holder }) => holder === lane)
      const gone = (moment.held[lane] ?? []).length === 0
      row.write(at(lane), gone ? GAP : wrong ? WRONG : LINE, wrong && !gone ? paint.dead : paint.faint)
    }
    const flight = flights.get(i)
    if (flight !== undefined) drawFlight(row, story, flight, at, paint, width)
    else if (step.actor !== undefined && lanes.includes(step.actor)) {
      const painted = step.kind === 'timer' ? paint.timer : paint.move
      const words = step.text.startsWith(`${step.actor} `) ? step.text.slice(step.actor.length + 1) : step.text
      row.write(at(step.actor) + 2, words.replace(` at ${step.actor}`, ''), painted)
    }
    rows.push(row.text())
  })
  if (story.loopStart !== null) {
    rows.push(
      story.loopStart === story.moments.length - 1
        ? rule('nothing more has to happen: this stays for ever')
        : rule(`back to before step ${story.loopStart + 1}${period(story)}`),
    )
  }
  return rows
}

function drawFlight(
  row: Row,
  story: Story,
  flight: Flight,
  at: (lane: string) => number,
  paint: Paint,
  width: number,
): void {
  const lost = flight.lostBecause !== null
  const target = flight.to ?? ownerOf(story, flight.packet.destination)
  const sent = flight.sentAt === null ? '' : ` (${flight.sentAt + 1})`
  const label = ` ${nameOf(flight.packet)}${sent} `
  const painted = lost ? paint.dead : plainly
  const from = flight.from
  if (from === null || target === null || from === target) {
    const lane = target ?? from
    if (lane !== null) row.write(at(lane) + 2, `${lost ? '✗' : '•'}${label}`, painted)
    return
  }
  const right = at(target) > at(from)
  // A lost packet ends short of the lane of whoever held its destination before: the address has its place between the two.
  const { destination } = flight.packet
  const most = Math.abs(at(target) - at(from)) - 4
  const short = Math.min(most, Math.max(Math.floor(width / 3), destination.length + 1))
  const stop = lost ? at(target) + (right ? -short : short) : at(target)
  const [low, high] = right ? [at(from) + 1, stop - 1] : [stop + 1, at(from) - 1]
  const line = '─'.repeat(Math.max(0, high - low + 1)).split('')
  const head = lost ? '✗' : right ? '▶' : '◀'
  line[right ? line.length - 1 : 0] = head
  const room = line.length - 2
  const text = label.length > room ? `${label.slice(0, Math.max(0, room - 1))}…` : label
  const offset = Math.max(1, Math.floor((line.length - text.length) / 2))
  for (let k = 0; k < text.length; k++) line[offset + k] = text[k]!
  row.write(low, line.join(''), painted)
  if (!lost) return
  const address = destination.length < short ? destination : `${destination.slice(0, short - 2)}…`
  row.write(right ? stop + 1 : stop - address.length, address, painted)
}

/** A line of characters on which later writing covers earlier writing. */
class Row {
  readonly #cells: { char: string; paint: (text: string) => string }[]

  constructor(width: number) {
    this.#cells = Array.from({ length: width }, () => ({ char: ' ', paint: plainly }))
  }

  write(at: number, text: string, paint: (text: string) => string = plainly): void {
    ;[...text].forEach((char, i) => {
      const cell = at + i
      while (this.#cells.length <= cell) this.#cells.push({ char: ' ', paint: plainly })
      this.#cells[cell] = { char, paint }
    })
  }

  text(): string {
    let text = ''
    for (let i = 0; i < this.#cells.length; ) {
      const { paint } = this.#cells[i]!
      let run = ''
      for (; i < this.#cells.length && this.#cells[i]!.paint === paint; i++) run += this.#cells[i]!.char
      text += run.trim() === '' ? run : paint(run)
    }
    return text.trimEnd()
  }
}
