import { existsSync, openSync, readSync } from 'node:fs'
import { consumedBy, type Judged, judge, mappingOf } from '../conform/judge.ts'
import type { CaptureFields } from '../conform/mapping.ts'
import { LogError, type LogLine } from '../conform/observation.ts'
import { ladder } from '../counterexamples/index.ts'
import { compose } from '../spec/internet/compose.ts'
import type { Protocol, Variant } from '../spec/protocol.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { paintFor } from './explain.ts'
import { readNdjson } from './ndjson.ts'
import { wholeNumber } from './options.ts'
import { storyOf } from './story.ts'
import { resolveTargets, type Target } from './target.ts'
import { readCapture } from './tshark.ts'

export interface ConformFlags {
  readonly protocol: string
  readonly json?: boolean
  readonly maxStates?: string
  readonly tolerance?: string
  readonly latency?: string
}

/** `doublejump conform`: is this real run a run of the model? */
export async function conformCommand(path: string, flags: ConformFlags): Promise<number> {
  const [target] = await resolveTargets([flags.protocol])
  const percent = wholeNumber('--tolerance', flags.tolerance ?? '10')
  const latency = wholeNumber('--latency', flags.latency ?? '400') / 1000
  const lines = await readLog(path, captureFieldsOf(target!.protocol, path))
  const judgedAs = (variant: Variant): Judged => {
    try {
      return judge(target!.protocol, variant, lines, {
        most: wholeNumber('--max-states', flags.maxStates ?? '150000'),
        tolerance: percent / 100,
        latency,
      })
    } catch (error) {
      if (error instanceof LogError) throw errors.notJudged(path, error.message)
      throw error
    }
  }
  if (target!.variants.length > 1) {
    const all = target!.variants.map((variant) => ({ variant: variant.name, judged: judgedAs(variant) }))
    process.stdout.write(flags.json === true ? tableAsJson(flags.protocol, all) : table(flags.protocol, all))
    const kinds = all.map(({ judged }) => judged.verdict.kind)
    return EXITS[kinds.includes('conforms') ? 'conforms' : kinds.includes('inconclusive') ? 'inconclusive' : 'diverges']
  }
  const judged = judgedAs(target!.variants[0]!)
  process.stdout.write(flags.json === true ? asJson(flags.protocol, judged) : told(target!, flags.protocol, judged))
  return EXITS[judged.verdict.kind]
}

const EXITS = { conforms: EXIT.asExpected, diverges: EXIT.safety, inconclusive: EXIT.incomplete } as const

/** Which variants a log is a run of: asked of a whole protocol. */
interface Row {
  readonly variant: string
  readonly judged: Judged
}

function table(protocol: string, rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ variant }) => variant.length)) + 2
  const of = rows[0]!.judged.mapped.seen.length
  const lines = rows.map(({ variant, judged }) => {
    const { verdict } = judged
    const why =
      verdict.kind === 'diverges'
        ? verdict.at === null
          ? 'something that must be seen is missing'
          : `line ${verdict.at.line} (${verdict.at.time.toFixed(3)} s): ${verdict.at.words}`
        : ''
    return `  ${variant.padEnd(width)}${verdict.kind.padEnd(13)}${`${consumedBy(judged)}/${of}`.padEnd(8)}${why}`.trimEnd()
  })
  return `${[`${protocol}: which variants is the log a run of?`, ...lines].join('\n')}\n`
}

function tableAsJson(protocol: string, rows: readonly Row[]): string {
  const variants = rows.map(({ variant, judged }) => ({
    variant,
    verdict: judged.verdict.kind,
    consumed: consumedBy(judged),
    of: judged.mapped.seen.length,
    divergesAt: judged.verdict.kind === 'diverges' ? judged.verdict.at : null,
  }))
  return `${JSON.stringify({ version: 1, protocol, variants }, null, 2)}\n`
}

function captureFieldsOf(protocol: Protocol, path: string): CaptureFields {
  try {
    return mappingOf(protocol).capture
  } catch (error) {
    if (error instanceof LogError) throw errors.notJudged(path, error.message)
    throw error
  }
}

/** A capture by its first bytes, else a log of JSON lines. */
export async function readLog(path: string, capture: CaptureFields): Promise<LogLine[]> {
  if (!existsSync(path)) throw errors.noFile(path)
  const head = Buffer.alloc(4)
  readSync(openSync(path, 'r'), head, 0, 4, 0)
  const magic = head.toString('hex')
  const captures = ['0a0d0d0a', 'd4c3b2a1', 'a1b2c3d4', '4d3cb2a1', 'a1b23c4d']
  if (captures.includes(magic)) return readCapture(path, capture)
  if (/\.p?cap(ng)?$/.test(path)) throw errors.notACapture(path, `it begins with ${magic}, which no capture does`)
  return readNdjson(path)
}

const hidden = ({ verdict }: Judged) => {
  const steps = 'trace' in verdict ? verdict.trace.steps : []
  return {
    moves: steps.filter((step) => step.moves !== undefined).map(({ text }) => text),
    drops: steps.filter(({ kind }) => kind === 'fault').map(({ text }) => text),
    dead: steps.filter(({ kind }) => kind === 'lost').map(({ text }) => text),
    timers: steps.filter(({ kind }) => kind === 'timer').map(({ text }) => text),
  }
}

function asJson(protocol: string, judged: Judged): string {
  const { verdict, mapped } = judged
  const of = mapped.seen.length
  return `${JSON.stringify(
    {
      version: 1,
      verdict: verdict.kind,
      protocol,
      consumed: consumedBy(judged),
      of,
      leftOut: mapped.leftOut,
      hidden: hidden(judged),
      divergesAt: verdict.kind === 'diverges' ? verdict.at : null,
      because:
        verdict.kind === 'diverges'
          ? verdict.instead
          : verdict.kind === 'inconclusive'
            ? `the bound of ${verdict.searched} states was hit`
            : null,
    },
    null,
    2,
  )}\n`
}

function told(target: Target, name: string, judged: Judged): string {
  const { verdict, mapped, scenario } = judged
  const left = Object.entries(mapped.leftOut).map(([why, n]) => `${n} ${why}`)
  const head = [
    `${name}: ${verdict.kind}`,
    `${mapped.seen.length} lines are about what is modelled${left.length === 0 ? '' : `; left out: ${left.join(', ')}`}.`,
  ]
  if (verdict.kind === 'inconclusive') {
    return `${[...head, `The bound of ${verdict.searched} states was hit after ${verdict.consumed} lines; --max-states raises it.`].join('\n')}\n`
  }
  if (verdict.kind === 'diverges') {
    const { at, consumed, instead, survivors } = verdict
    return `${[
      ...head,
      at === null
        ? `All ${consumed} lines fit, but something that must be seen is missing.`
        : `${consumed} lines fit. Line ${at.line} (${at.time.toFixed(3)} s) does not: ${at.words}.`,
      `In ${survivors} states that survive, the model could have shown:`,
      ...(instead.length === 0
        ? ['  nothing']
        : instead.slice(0, 12).map(({ could, because }) => `  ${could}: ${because}`)),
    ].join('\n')}\n`
  }
  const { moves, drops, dead, timers } = hidden(judged)
  const internet = compose(target.variants[0]!.nodes(scenario), scenario, target.protocol.describe)
  // The ladder says of each step which lines show what it sent, or that it is inferred.
  const steps = verdict.trace.steps.map((step, i) => {
    const shown = verdict.lines[i]!
    const lines = shown.length === 1 ? `line ${shown[0]}` : `lines ${shown.join(', ')}`
    return { ...step, text: `${step.text}${shown.length === 0 ? '' : ` · then ${lines}`}` }
  })
  const story = storyOf(target.protocol, target.variants[0]!, internet, 'conforms', 'the log is explained', {
    ...verdict.trace,
    steps,
  })
  return `${[
    ...head,
    `Inferred: ${moves.join('; ') || 'no move'}; ${dead.length} packets lost at addresses that were left; ${drops.length} lost by the network; ${timers.length} timers.`,
    "'then line n' is what the log shows next; a step without it is inferred.",
    '',
    ladder(story, paintFor(process.stdout)),
  ].join('\n')}\n`
}
