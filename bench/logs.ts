import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { LogLine } from '../conform/observation.ts'

type Fields = LogLine['fields']
type Line = Omit<LogLine, 'line'>

/** From `bench` and from `dist/bench`. */
const folders = ['../test/conform/captures/', '../../test/conform/captures/']

/** The file of a capture of real software, with its ending. */
export function captureFile(name: string): string {
  const files = folders.map((folder) => fileURLToPath(new URL(`${folder}${name}`, import.meta.url)))
  return files.find((file) => existsSync(file)) ?? files[0]!
}

/** A capture of real software, as a log. */
export function captured(name: string): LogLine[] {
  const lines = readFileSync(captureFile(`${name}.ndjson`), 'utf8')
    .trim()
    .split('\n')
  return numbered(
    lines.map((text) => {
      const { time, ...fields } = JSON.parse(text) as { time: number } & Record<string, string>
      return { time, fields }
    }),
  )
}

const numbered = (lines: readonly Line[]): LogLine[] => lines.map((line, i) => ({ line: i + 1, ...line }))

/** The same with the line at a share of it sent to where nobody is. */
export function misdirected(lines: readonly LogLine[], share: number): LogLine[] {
  const at = Math.min(lines.length - 1, Math.floor(lines.length * share))
  return lines.map((line, i) => (i === at ? { ...line, fields: { ...line.fields, dst: '10.77.0.1' } } : line))
}

/** Seconds between two packets of data, and until the answer to one. */
const EVERY = 0.1
const ANSWER = 0.001
/** REKEY_AFTER_TIME. */
const REKEY = 120

/** A WireGuard tunnel through which data go both ways, of about so many lines; its initiator moves half-way. */
export function dataLog(lines: number): LogLine[] {
  const made: Line[] = []
  const [before, after, peer] = ['10.1.0.2', '10.2.0.2', '10.3.0.2']
  let [session, counter, begun] = [0, 0, Number.NEGATIVE_INFINITY]
  for (let time = 0; made.length < lines; time += EVERY) {
    const host = made.length < lines / 2 ? before : after
    const sends = (at: number, src: string, dst: string, fields: Fields): void => {
      made.push({ time: at, fields: { src, dst, ...fields } })
    }
    const [mine, theirs] = [`0xa${session}`, `0xb${session}`]
    if (time - begun >= REKEY) {
      session += 1
      counter = 0
      begun = time
      sends(time, host, peer, { length: '156', wgType: '1', wgSender: `0xa${session}` })
      sends(time + ANSWER, peer, host, {
        length: '100',
        wgType: '2',
        wgSender: `0xb${session}`,
        wgReceiver: `0xa${session}`,
      })
      continue
    }
    sends(time, host, peer, { length: '88', wgType: '4', wgReceiver: theirs, counter: String(counter) })
    sends(time + ANSWER, peer, host, { length: '88', wgType: '4', wgReceiver: mine, counter: String(counter) })
    counter += 1
  }
  return numbered(made)
}

const LOOK_UP = 'sip-proxy-look-up-double-jump'
/** In that capture: the call that a makes, the first of the rounds that repeat, and what comes after them. */
const SETUP = [4, 13] as const
const ROUND = [31, 37] as const
const TAIL = 87
/** When a moves there, which is when its re-INVITE was refused first, and how long Kamailio waits for the stale branch. */
const REFUSED = 63.0055

/**
 * Kamailio's loop of 491: while a stale branch waits for its time-out, each re-INVITE of the other end is refused at once, and tried again. In the capture the caller is who tries (2.1 to 4 s
 * later each time, RFC 3261 §14.1); here the callee, as if the other had called, which waits for up to 2 s only: so many rounds of seven lines.
 */
export function loopOf491(rounds: number): LogLine[] {
  const capture = captured(LOOK_UP)
  const part = ([first, last]: readonly [number, number]): LogLine[] => capture.slice(first - 1, last)
  const round = part(ROUND)
  const pause = (capture[TAIL - 1]!.time - REFUSED) / (rounds + 1)
  const repeated = Array.from({ length: rounds }, (_, n) =>
    round.map(({ time, fields }): Line => {
      const branch = (fields.branch ?? '').split(',').map((one) => `${one}${n}`)
      const since = time - round[0]!.time
      return {
        time: REFUSED + pause * (n + 1) + since,
        fields: { ...fields, branch: branch.join(), cseq: String(Number(fields.cseq) + n) },
      }
    }),
  ).flat()
  const last = Number(round[0]!.fields.cseq) + rounds - 1
  const own = Number(part([90, 90])[0]!.fields.cseq)
  const tail = capture.slice(TAIL - 1).map(
    ({ time, fields }): Line => ({
      time,
      fields: Number(fields.cseq) < own ? fields : { ...fields, cseq: String(Number(fields.cseq) - own + 1 + last) },
    }),
  )
  const before = part([1, ROUND[0] - 1]).map(
    ({ line, time, fields }): Line => ({
      time,
      fields: line >= SETUP[0] && line <= SETUP[1] ? asIfTheOtherCalled(fields) : fields,
    }),
  )
  return numbered([...before, ...repeated, ...tail])
}

/** What the two of the capture are called, by which a message of the set-up becomes one of a call the other way. */
const EXCHANGED = [
  ['10.1.0.2', '10.3.0.2'],
  ['a-0x55ded298ca10', 'b-0x55890e96fa10'],
  ['9273d4a18ac7866f', '2aeb6cd06a83d4bc'],
  ['sip:b@', 'sip:a@'],
] as const
const ANY_NAME = new RegExp(EXCHANGED.flat().join('|'), 'g')

function asIfTheOtherCalled(fields: Fields): Fields {
  if (fields.cseqMethod === 'REGISTER') return fields
  const exchanged = (text: string): string =>
    text.replaceAll(ANY_NAME, (name) => {
      const [one, other] = EXCHANGED.find((pair) => pair.some((known) => known === name))!
      return name === one ? other : one
    })
  const texts = Object.entries(fields).map(([field, text]) => [field, field === 'cseq' ? '1' : exchanged(text)])
  return Object.fromEntries(texts)
}
