import type { Assumed, Change, LeansOn } from '../analysis/assumptions/leans-on.ts'
import type { Breaks, Inside, Vector } from '../analysis/breaks.ts'
import { ladder, noPaint, type Story, sentence } from '../counterexamples/index.ts'

/** `doublejump breaks` for a reader. */
export function breaksText(name: string, breaks: Breaks): string {
  const first = breaks.leansOn?.sets.find(({ story }) => story !== null)?.story ?? breaks.least[0]?.story ?? null
  return [
    `${name} · ${breaks.property}`,
    '',
    ...inScenario(breaks),
    '',
    ...vectors(breaks),
    '',
    ...(breaks.complete
      ? []
      : ['Incomplete: there was no time for everything. --save and --resume go on from here.', '']),
    ...(first === null ? [] : [ladder(first, noPaint)]),
  ].join('\n')
}

/** Why there are no assumptions to tell. */
const WITHOUT: Readonly<Record<Exclude<Inside['kind'], 'holds' | 'violated'>, string>> = {
  vacuous: 'nothing happens that it speaks of, so that it leans on nothing',
  'not known': 'it is not known, so that nothing can be said of assumptions',
}

function inScenario({ scenario, inScenario: inside, leansOn }: Breaks): string[] {
  if (inside.kind === 'holds' || inside.kind === 'violated')
    return leansOn === null ? [] : inside.kind === 'holds' ? holds(scenario, leansOn) : fails(scenario, leansOn)
  return [`In '${scenario}' ${WITHOUT[inside.kind]}${inside.kind === 'not known' ? `: ${inside.because}` : ''}.`]
}

function holds(scenario: string, leansOn: LeansOn): string[] {
  const { sets, withstands, assumptions } = leansOn
  return [
    sets.length === 0
      ? `In '${scenario}' it holds, whichever of these assumptions is dropped.`
      : `In '${scenario}' it holds. It leans on some assumptions, and fails if:`,
    ...sets.flatMap(({ changes, story }) => [
      `  ✗ ${insteadOf(changes)}`,
      `      without: ${changes.map(({ assumes }) => assumes).join('; ')}`,
      `      ${sentenceOf(story)}`,
    ]),
    `It withstands: ${told(withstands)}.`,
    ...weakest(assumptions),
    ...open(leansOn),
  ]
}

function fails(scenario: string, leansOn: LeansOn): string[] {
  const { sets, withstands } = leansOn
  return [
    `In '${scenario}' it fails. It would hold if:`,
    ...(sets.length === 0 ? ['  nothing of what was tried saves it'] : []),
    ...sets.map(({ changes }) => `  ✓ ${insteadOf(changes)}`),
    `These do not save it: ${told(withstands)}.`,
    ...open(leansOn),
  ]
}

const told = (changes: readonly Change[]): string => changes.map(({ instead }) => instead).join('; ') || 'none'

/** What is at its weakest already: no verdict of this scenario leans on it. */
function weakest(assumptions: readonly Assumed[]): string[] {
  const ends = assumptions.filter(({ atItsEnd, says }) => atItsEnd && says)
  return ends.length === 0
    ? []
    : [`It does not lean on what is at its weakest: ${ends.map(({ assumes }) => assumes).join('; ')}.`]
}

/** So many sets that were not tried are listed. */
const MOST_LISTED = 10

function open({ vacuous, notKnown, notTried }: LeansOn): string[] {
  const listed = notTried.slice(0, MOST_LISTED).map((changes) => `  … ${insteadOf(changes)}`)
  const more = notTried.length - listed.length
  return [
    ...vacuous.map((changes) => `  · ${insteadOf(changes)}: nothing happens then that it speaks of`),
    ...notKnown.map(({ changes, because }) => `  ? ${insteadOf(changes)}, and whatever else: not known (${because})`),
    ...(notTried.length === 0 ? [] : [`Not tried (${notTried.length}):`, ...listed]),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ]
}

const insteadOf = (changes: readonly Change[]): string => changes.map(({ instead }) => instead).join(', and ')

const OTHERS: Readonly<Record<string, string>> = {
  losses: 'one packet lost',
  duplicates: 'one delivered twice',
  reordering: 'packets reordered',
}

/** 'a moves 1×, b moves 1×, one packet lost'. */
const words = (vector: Vector, hosts: Breaks['hosts']): string =>
  Object.entries(vector)
    .flatMap(([field, n]) => {
      const host = hosts[field]
      if (host !== undefined) return [`${host} moves ${n}×`]
      return n > 0 ? [OTHERS[field]!] : []
    })
    .join(', ')

/** A violation without a run: of a property that says what can happen. */
const sentenceOf = (story: Story | null): string =>
  story === null ? 'it can no longer happen in any run.' : sentence(story)

function vectors({ least, unknown, notTried, tried, hosts }: Breaks): string[] {
  return [
    ...(least.length === 0
      ? [
          `No moves and faults of what could be searched break it (up to two moves each, one loss, one duplicate, reordering; ${tried - unknown.length} of ${tried + notTried.length} combinations).`,
        ]
      : [
          'The least moves and faults that break it:',
          ...least.map(({ vector, story }) => `  ✗ ${words(vector, hosts)}\n      ${sentenceOf(story)}`),
        ]),
    ...unknown.map(
      ({ vector, because }) => `  ? ${words(vector, hosts)}, and whatever is more: not known (${because})`,
    ),
    ...(notTried.length === 0 ? [] : [`  … not tried: ${notTried.length} combinations`]),
  ]
}
