import type { Story } from './story.ts'

/** A story from a file is somebody else's text: looked at before it is believed. */
export class StoryError extends Error {
  override readonly name = 'StoryError'
}

const MOST_CHARACTERS = 20_000
const MOST_STEPS = 5000

/** Reads what `explain --format json` writes. Anything else is refused, saying what is wrong. */
export function readStory(value: unknown): Story {
  const story = record(value, 'the trace')
  if ('version' in story && story.version !== 1) {
    throw new StoryError(
      `The trace is of version ${shown(story.version)}; this program reads version 1. Write it anew with 'explain --format json'.`,
    )
  }
  for (const field of ['protocol', 'variant', 'scenario', 'property', 'reason'] as const)
    words(story[field], `'${field}'`)
  // What was written before there was a file in it is read as well.
  if (story.file !== undefined && story.file !== null) words(story.file, "'file'")
  list(story.assumptions, "'assumptions'").forEach((one) => {
    words(one, 'an assumption')
  })
  list(story.lanes, "'lanes'").forEach((one) => {
    words(one, 'a lane')
  })
  const steps = list(story.steps, "'steps'")
  const moments = list(story.moments, "'moments'")
  if (steps.length > MOST_STEPS)
    throw new StoryError(`The trace has ${steps.length} steps; at most ${MOST_STEPS} can be shown.`)
  for (const step of steps) {
    const { text, kind, taken, sent } = record(step, 'a step')
    words(text, "a step's 'text'")
    words(kind, "a step's 'kind'")
    if (taken !== undefined) packet(taken)
    if (sent !== undefined) list(sent, "'sent'").forEach(packet)
  }
  for (const moment of moments) {
    const { held, wrong } = record(moment, 'a moment')
    for (const addresses of Object.values(record(held, "'held'")))
      list(addresses, 'held addresses').forEach((one) => {
        words(one, 'an address')
      })
    for (const one of list(wrong, "'wrong'")) {
      const { holder, text } = record(one, 'a belief')
      words(holder, "a belief's 'holder'")
      words(text, "a belief's 'text'")
    }
  }
  const { loopStart } = story
  if (
    loopStart !== null &&
    !(Number.isInteger(loopStart) && (loopStart as number) >= 0 && (loopStart as number) < moments.length)
  ) {
    throw new StoryError(
      `The trace comes back to moment ${shown(loopStart)}, but it has moments 0 to ${moments.length - 1}.`,
    )
  }
  const fits = moments.length === steps.length + 1 || (loopStart !== null && moments.length === steps.length)
  if (moments.length === 0 || !fits) {
    throw new StoryError(
      `The trace has ${steps.length} steps and ${moments.length} moments, which do not fit together.`,
    )
  }
  return story as unknown as Story
}

function packet(value: unknown): void {
  const { name, detail, source, destination, inside } = record(value, 'a packet')
  for (const part of [name, detail, source, destination]) words(part, 'a part of a packet')
  if (inside !== undefined) list(inside, "'inside'").forEach(packet)
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new StoryError(`Not a trace: ${what} is ${shown(value)}.`)
  return value as Record<string, unknown>
}

function list(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new StoryError(`Not a trace: ${what} is ${shown(value)}, not a list.`)
  return value
}

function words(value: unknown, what: string): void {
  if (typeof value !== 'string') throw new StoryError(`Not a trace: ${what} is ${shown(value)}, not a text.`)
  if (value.length > MOST_CHARACTERS)
    throw new StoryError(`Not a trace that can be shown: ${what} has ${value.length} characters.`)
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'missing'
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
