import { readGiven, type TimeGiven, written } from './time-given.ts'

/** Where the page is, as written in the fragment of its address. */
export interface Place {
  readonly protocol: string | null
  readonly variant: string | null
  readonly scenario: string | null
  readonly property: string | null
  /** Positions of the choices taken, the moment looked at, and where a lasso comes back to. */
  readonly choices: readonly number[]
  readonly at: number
  readonly loop: number | null
  /** A variant beside it. */
  readonly beside: string | null
  /** With a clock: what is given of time; null without one. */
  readonly given: TimeGiven | null
  /** What the address says of time that cannot be read. */
  readonly leftOut: readonly string[]
  /** A figure of a paper, in place of a protocol, and what is set for it: `lambda=7` each. */
  readonly figure: string | null
  readonly set: readonly string[]
}

/** Goes to another place, as one more page to come back from, or instead of this one. */
export type Go = (next: Partial<Place>, how?: 'push' | 'replace') => void

export const NOWHERE: Place = {
  protocol: null,
  variant: null,
  scenario: null,
  property: null,
  choices: [],
  at: 0,
  loop: null,
  beside: null,
  given: null,
  leftOut: [],
  figure: null,
  set: [],
}

export function write(place: Place): string {
  const { protocol, variant, scenario, property, choices, at, loop, beside, given, figure, set } = place
  const path = [protocol, variant, scenario, property].filter((part) => part !== null).map(encodeURIComponent)
  const query = new URLSearchParams()
  if (choices.length > 0) query.set('c', choices.join('.'))
  if (at > 0) query.set('at', String(at))
  if (loop !== null) query.set('loop', String(loop))
  if (beside !== null) query.set('beside', beside)
  if (given !== null) query.set('clock', '1')
  if (figure !== null) query.set('figure', figure)
  for (const one of set) query.append('set', one)
  for (const one of written(given ?? {})) query.append('given', one)
  const tail = query.toString()
  return `#${path.join('/')}${tail === '' ? '' : `?${tail}`}`
}

/** Reads what somebody may have typed: whatever is no number or out of range is left out. */
export function read(fragment: string): Place {
  const [path = '', query = ''] = fragment.replace(/^#/, '').split('?')
  const [protocol = null, variant = null, scenario = null, property = null] = path
    .split('/')
    .filter((part) => part !== '')
    .map(decoded)
  const values = new URLSearchParams(query)
  const { given, leftOut } = readGiven(values.getAll('given'))
  const choices = (values.get('c') ?? '').split('.').filter((part) => /^\d{1,4}$/.test(part))
  return {
    protocol,
    variant,
    scenario,
    property,
    choices: choices.slice(0, 2000).map(Number),
    at: whole(values.get('at')) ?? 0,
    loop: whole(values.get('loop')),
    beside: values.get('beside'),
    given: values.has('clock') ? given : null,
    leftOut: values.has('clock') ? leftOut : [],
    figure: values.get('figure'),
    set: values.getAll('set'),
  }
}

const whole = (text: string | null): number | null => (text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null)

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
