/** A mistake that an author can make, in a file of their own, and how the program is asked about it. */
export interface Case {
  /** What was wrong, as the table in docs/mistakes.md has it. */
  readonly title: string
  /** What differs from `examples/hello.ts`: what stands there, once, and what stands there instead. */
  readonly edits?: readonly Edit[]
  /** What is added at its end. */
  readonly more?: string
  /** The whole file, in the place of all that. */
  readonly whole?: string
  /** Without it: check, and the file. */
  readonly args?: (file: string) => readonly string[]
  /** Where a shell puts what is written. */
  readonly into?: string
  /** Without it 10: bad input. */
  readonly code?: number
}

export type Edit = readonly [string, string]

/** Parts of `examples/hello.ts`. */
const BOTH_MOVE = "{ moves: { a: ['west-2'], b: ['east-2'] } }"
const SERVER = "node('server', server, { at: [SERVER] }),"
const ENDS = "    ends: ['a', 'b'],\n"
const BELIEF = "view.state<Host>('a').peerAt"
const ARMED = "armed: (me) => (me.waiting ? ['silence'] : []),"
const ASK = "const ask = send<Hello>({ kind: 'Query', about: peer }, SERVER)"
const COUNTED = 'number: me.number + 1'
const SERVER_TAKES = "if (event.kind === 'Update') return stay({ at: { ...me.at, [event.from]: event.at } })"
const SERVER_STARTS = '  start: { at: START },'
const HOST_STARTS = 'heard: 0, waiting: false }'
const DESCRIBE = "({ name: message.kind, detail: 'at' in message ? String(message.at) : '' })"
const IMPORT = "import { match } from 'ts-pattern'\n"

/** `silence` counts for ever, and does something when it is at 300. */
const counts = (far: string): Edit[] => [
  [
    "({ kind: 'silence' }, () => [me, ",
    `({ kind: 'silence' }, () => {
          if (me.number === 300) { ${far} }
          return [{ ...me, number: me.number + 1 }, []]
        })
        .with({ kind: 'silence' }, () => [me, `,
  ],
]
/** One search, in one thread. */
const one = (file: string): string[] => ['check', `${file}/direct`, '--scenario', 'both-move', '--workers', '1']
const SIGNAL = (name: string): string =>
  `if (!(globalThis as any).told) process.kill(process.pid, '${name}'); (globalThis as any).told = true`

/** What the scenario of the double jump has besides its moves. */
const besides = (given: string): Edit => [BOTH_MOVE, BOTH_MOVE.replace(/ }$/, `, ${given} }`)]

/** An option of the protocol, with its default. */
const declares = (given: string): Edit => [
  "name: 'hello',",
  `name: 'hello',\n  options: { storage: { means: 'storage is', ${given}, values: [{ value: 'kept', means: 'kept' }] } },`,
]

/** What host a does in it. */
const aGoes = (stops: string): Edit => [BOTH_MOVE, BOTH_MOVE.replace("['west-2']", stops)]

const properties = (body: string): string => `\nexport const properties = ${body}\n`

/** Asks with less patience than usual. */
const soon = (file: string): readonly string[] => ['--max-silence', '2', 'check', file]

/** By topic, in the order of the table. */
export const cases: Readonly<Record<string, readonly Case[]>> = {
  Structure: [
    { title: 'A file that exports no protocol', whole: 'export const x = 1\n' },
    { title: 'A protocol without variants, by a slip', edits: [['  variants: [\n', '  varaints: [\n']] },
    {
      title: 'Fields that nothing reads, of a scenario, a variant, a role and a node',
      edits: [
        [BOTH_MOVE, BOTH_MOVE.replace('moves', 'mvoes')],
        ['  repairs: asks,', '  repiars: asks,'],
        ['pending: (me)', 'pendng: (me)'],
        [SERVER, "node('server', server, { at: [SERVER], hear: ['west-2'] } as never),"],
      ],
    },
    { title: '`nodes` that gives no list', edits: [['nodes: () => [', 'nodes: () => void [']] },
    { title: '`properties` that is no function', more: properties('[]') },
    { title: '`properties` that gives no list', more: properties("() => ({ id: 'x' })") },
    {
      title: 'Properties without an id, and of no kind',
      more: properties("() => [{ kind: 'reachable', some: {} }, { id: 'x', kind: 'saftey', always: {} }]"),
    },
  ],
  Names: [
    { title: 'Two variants of one name', edits: [["variant('rendezvous', true, {})", "variant('direct', true, {})"]] },
    { title: 'Two scenarios of one name', edits: [["scenario('one-moves'", "scenario('both-move'"]] },
    { title: 'Two nodes of one name', edits: [[SERVER, `${SERVER}\n    node('server', server, { at: ['core/2'] }),`]] },
    {
      title: 'Two properties of one id',
      more: properties(
        "() => [{ id: 'a-binding-goes-stale', kind: 'safety', always: { name: '', holds: () => true } }]",
      ),
    },
    {
      title: 'Names that cannot be those of files, or arguments',
      edits: [
        ["name: 'hello'", "name: 'hello/again'"],
        ["variant('rendezvous'", "variant('..'"],
        ["scenario('one-moves'", "scenario('-one'"],
      ],
    },
    { title: 'A timer of a scenario that no role has', edits: [besides("timers: { silense: 'never' }")] },
    {
      title: 'Nodes of a scenario that are not there',
      edits: [[BOTH_MOVE, "{ moves: { a: ['west-2'], c: ['east-2'] }, crashes: { sever: 1 } }"]],
    },
    {
      title: 'Nodes of a subject that are not there',
      edits: [
        [ENDS, "    ends: ['a', 'bob'],\n    sessions: { c: () => null },\n    strangers: ['evil'],\n"],
        ["holder: 'b', about: 'a'", "holder: 'serber', about: 'a'"],
      ],
    },
    { title: 'A belief that looks at a node that is not there', edits: [[BELIEF, BELIEF.replace("'a'", "'zoe'")]] },
    {
      title: 'A network that somebody listens to, and nobody is ever in',
      edits: [[SERVER, "node('server', { ...server, overhears: (me) => me }, { at: [SERVER], hears: ['wset-2'] }),"]],
    },
    {
      title: 'An address that somebody believes in, and nobody ever holds',
      edits: [["b: 'east-1/b' }", "b: 'east-l/b' }"]],
    },
    {
      title: 'Scenarios that are not there',
      edits: [
        ["{ 'both-move': {", "{ 'both-moves': {"],
        ['  scenarios,\n', "  scenarios,\n  large: ['one-move'],\n"],
        [
          ENDS,
          `${ENDS}    within: { 'all-move': 3 },\n    always: { calm: { in: ['bothmove'], holds: () => true } },\n`,
        ],
      ],
    },
    {
      title: 'An option of a scenario that the protocol does not declare',
      edits: [besides('options: { retries: 3 }')],
    },
    {
      title: 'An option that `nodes` reads, and that the protocol does not declare',
      edits: [['nodes: () => [', 'nodes: ({ options }) => [...(options.retries === 0 ? [] : []),']],
    },
    {
      title: 'A choice that an option does not offer',
      edits: [besides("options: { storage: 'kpet' }"), declares("default: 'kept'")],
    },
    {
      title: 'A default that is none of the values of its option',
      edits: [declares("default: 'lost'")],
    },
    {
      title: 'An expectation of a property that is not asked',
      edits: [['binding-eventually-correct', 'binding-eventualy-correct']],
    },
  ],
  Places: [
    { title: 'A node without a place', edits: [['{ at: [SERVER] }', '{}']] },
    { title: 'Two nodes at one address', edits: [[SERVER, `${SERVER}\n    node('other', server, { at: [SERVER] }),`]] },
    {
      title: 'A host that goes where another stays for good',
      edits: [aGoes("[{ network: 'core', address: SERVER }]")],
    },
    {
      title: 'An address that is not in its network, one in the place of a network, a stationary node that moves',
      edits: [
        [BOTH_MOVE, "{ moves: { a: [{ network: 'west-2', address: 'west-3/a' }], server: ['east-2'] } }"],
        ["{ from: 'east-1' }", "{ from: 'east-1/b' }"],
      ],
    },
  ],
  Values: [
    {
      title: 'Values of a scenario that there are not',
      edits: [
        besides("movement: 'teleport', overlap: 'short', gaps: 'none', pace: 'setled', links: 'fiffo', losses: 'fiar'"),
      ],
    },
    {
      title: 'Numbers of a scenario that are no counts; a patience that there is not',
      edits: [
        besides("losses: -1, duplicates: 1.5, copies: 0, crashes: { a: Number.NaN }, timers: { silence: 'nver' }"),
      ],
    },
    {
      title: 'An expectation that cannot come out, and a means that there is not',
      edits: [
        ["correct': 'violated'", "correct': 'violted'"],
        ['  repairs: asks,', "  repairs: asks,\n  survivesBy: ['rendevous' as never],"],
      ],
    },
  ],
  Timers: [
    { title: 'A timer that runs and is not declared', edits: [[ARMED, ARMED.replace('silence', 'silense')]] },
    { title: 'A role with timers that never says which run', edits: [[ARMED, '']] },
    { title: 'A timer without a duration', edits: [['milliseconds: 1000', 'seconds: 1']] },
  ],
  'What functions give': [
    { title: '`believes` that gives undefined', edits: [[BELIEF, BELIEF.replace('.peerAt', '.peer')]] },
    {
      title: '`describe` that knows no such message',
      edits: [[DESCRIBE, "({ Update: { name: 'Update', detail: '' } })[message.kind]!"]],
    },
    {
      title: 'A property whose predicate gives false',
      more: properties("() => [{ id: 'calm', kind: 'safety', always: { name: 'nobody moves', holds: () => 1 > 2 } }]"),
    },
    { title: 'A step that gives the state alone', edits: [[SERVER_TAKES, "if (event.kind === 'Update') return me"]] },
    { title: 'A step that is async', edits: [['step: (me, event: Event<Hello>) =>', 'step: async (me, event) =>']] },
    {
      title: 'An effect of no kind',
      edits: [[SERVER_TAKES, "if (event.kind === 'Update') return [me, [{ do: 'sned', to: event.source }]]"]],
    },
    {
      title: 'A message to an address that is undefined',
      edits: [
        [
          SERVER_TAKES,
          "if (event.kind === 'Update') return [me, [send({ kind: 'Ack', number: event.number }, event.form)]]",
        ],
      ],
    },
    { title: 'A message to a network that is not there', edits: [[ASK, ASK.replace('SERVER', "'croe/server'")]] },
    {
      title: "A message of the kind 'attached'",
      edits: [[ASK, "const ask = send({ kind: 'attached' } as never, SERVER)"]],
    },
    {
      title: "A message whose kind is a timer's name",
      edits: [[ASK, "const ask = send({ kind: 'silence' } as never, SERVER)"]],
    },
    { title: 'A message with a field that its packet has', edits: [[ASK, ASK.replace('about: peer', "source: 'a'")]] },
  ],
  'What is no plain data': [
    {
      title: 'A Map, and a number that is none, in the states in which roles start',
      edits: [
        [SERVER_STARTS, '  start: { at: new Map() as never },'],
        [HOST_STARTS, HOST_STARTS.replace('false', 'false, tries: Number.NaN')],
      ],
    },
    { title: 'A number that is none in a later state', edits: [[COUNTED, "number: me.number + Number('one')"]] },
  ],
  'What is no function of its input': [
    { title: 'A step that throws dice', edits: [[COUNTED, 'number: me.number + Math.ceil(Math.random() * 10)']] },
    { title: 'A step that looks at a clock', edits: [[COUNTED, 'number: Date.now()']] },
    {
      title: 'A step that counts outside of its state',
      edits: [
        [IMPORT, `${IMPORT}\nlet updates = 0\n`],
        [COUNTED, 'number: ++updates'],
      ],
    },
    {
      title: 'A step that changes its state in place',
      edits: [[SERVER_TAKES, `if (event.kind === 'Update') (me.at as Record<string, string>)[event.from] = event.at`]],
    },
    { title: '`armed` that asks chance', edits: [[ARMED, ARMED.replace('me.waiting', 'Math.random() < 0.99')]] },
    { title: '`believes` that asks chance', edits: [[BELIEF, `(Math.random() < 0.01 ? null : ${BELIEF})`]] },
    {
      title: '`nodes` that are others each time',
      edits: [[HOST_STARTS, HOST_STARTS.replace('false', 'Math.random() < 0.5')]],
    },
  ],
  'What does not come back': [
    {
      title: 'A step that does not end',
      edits: [[SERVER_TAKES, `for (;;) if (event.kind === 'none') break`]],
      args: soon,
    },
    {
      title: 'A property that does not end',
      more: properties(
        "() => [{ id: 'calm', kind: 'safety', always: { name: 'nobody moves', holds: () => { for (;;); } } }]",
      ),
      args: soon,
    },
    { title: 'A file that does not end', more: '\nfor (;;);\n', args: soon },
    { title: '`process.exit` in a step', edits: [[COUNTED, 'number: process.exit(0)']], args: soon },
    { title: '`process.exit` at the top of the file', more: '\nprocess.exit(0)\n', args: soon },
  ],
  'Places that cannot be written': [
    { title: '`--out` that is a file', args: (file) => ['check', file, '--out', file] },
    { title: '`--out` where nothing can be made', args: (file) => ['check', file, '--out', '/proc/doublejump'] },
    { title: 'A page for a folder that is not there', args: (file) => ['inspect', file, '--out', 'nowhere/page.html'] },
    { title: 'A page in the place of a folder', args: (file) => ['inspect', file, '--out', '.'] },
  ],
  'What ends a run from outside': [
    { title: 'SIGINT, as of Ctrl-C, in a search without an end', edits: counts(SIGNAL('SIGINT')), args: one, code: 16 },
    { title: 'SIGTERM, in the same', edits: counts(SIGNAL('SIGTERM')), args: one, code: 16 },
    {
      title: 'A second signal, while a step does not end',
      edits: counts(
        "process.kill(process.pid, 'SIGTERM'); const then = Date.now() + 500; while (Date.now() < then); process.kill(process.pid, 'SIGTERM'); for (;;);",
      ),
      args: one,
      code: 143,
    },
    { title: 'A reader that goes, such as `head`', into: '| true', code: 0 },
    { title: 'A full disk behind `>`', into: '> /dev/full' },
  ],
}
