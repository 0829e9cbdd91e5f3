/** What a field of an author's objects must be. */
export type Type =
  | 'a text'
  | 'a function'
  | 'a list'
  | 'a list of one or more'
  | 'a list of two names'
  | 'a record'
  | 'true or false'
  | 'anything'

/** The fields of one of the objects that an author writes. */
export interface Shape {
  /** 'a variant'. */
  readonly what: string
  readonly required: Readonly<Record<string, Type>>
  readonly optional: Readonly<Record<string, Type>>
  /** Whether a field that is not listed is a mistake; otherwise only one that is a slip of one that is. */
  readonly closed: boolean
}

const TOLD = { title: 'a text', source: 'a text' } as const

export const PROTOCOL: Shape = {
  what: 'a protocol',
  required: { name: 'a text', describe: 'a function', variants: 'a list of one or more' },
  optional: { ...TOLD, sections: 'a record', options: 'a record' },
  closed: true,
}

export const VARIANT: Shape = {
  what: 'a variant',
  required: { name: 'a text', nodes: 'a function', scenarios: 'a list of one or more', subject: 'a record' },
  optional: { ...TOLD, repairs: 'true or false', survivesBy: 'a list', large: 'a list', expect: 'a record' },
  closed: true,
}

export const SCENARIO: Shape = {
  what: 'a scenario',
  required: {
    name: 'a text',
    moves: 'a record',
    crashes: 'a record',
    timers: 'a record',
    options: 'a record',
    // What these may be is a matter of values.ts.
    movement: 'anything',
    overlap: 'anything',
    gaps: 'anything',
    pace: 'anything',
    everyMove: 'anything',
    takesFirst: 'anything',
    addressInUse: 'anything',
    links: 'anything',
    losses: 'anything',
    duplicates: 'anything',
    copies: 'anything',
  },
  optional: { title: 'a text', users: 'a text', losable: 'a list of one or more' },
  closed: true,
}

export const SUBJECT: Shape = {
  what: 'a subject',
  required: { ends: 'a list of two names', beliefs: 'a list' },
  optional: {
    registrations: 'a list',
    sessions: 'a record',
    sightings: 'a record',
    always: 'a record',
    finally: 'a record',
    within: 'a record',
    strangers: 'a list',
    carriesData: 'true or false',
    forwards: 'true or false',
  },
  closed: true,
}

export const BELIEF: Shape = {
  what: 'a belief',
  required: { holder: 'a text', about: 'a text', believes: 'a function' },
  optional: {},
  closed: false,
}

export const SIGHTING: Shape = {
  what: 'a sighting',
  required: { in: 'a list', sees: 'a function' },
  optional: {},
  closed: false,
}

export const DEMAND: Shape = {
  what: 'a demand',
  required: { holds: 'a function' },
  optional: { in: 'a list' },
  closed: false,
}

export const NODE: Shape = {
  what: 'a node',
  required: { name: 'a text', role: 'a record' },
  optional: { at: 'a list', from: 'anything', keeps: 'a list', agentOf: 'a list', hears: 'a list' },
  closed: false,
}

export const ROLE: Shape = {
  what: 'a role',
  required: { start: 'anything', step: 'a function' },
  optional: {
    armed: 'a function',
    timers: 'a record',
    may: 'a function',
    actions: 'a record',
    intercepts: 'a function',
    accepts: 'a function',
    overhears: 'a function',
    pending: 'a function',
    sendData: 'a function',
    restart: 'a function',
  },
  closed: false,
}

export const PROPERTY: Shape = {
  what: 'a property',
  required: { id: 'a text', kind: 'a text' },
  optional: {
    witness: 'a record',
    always: 'a record',
    everyStep: 'a list',
    stretch: 'a record',
    some: 'a record',
    formula: 'a record',
    finished: 'a record',
  },
  closed: false,
}
