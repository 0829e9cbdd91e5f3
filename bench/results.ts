import { spawnSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import { INSTANCES } from './instances.ts'
import { type Needed, ONCE_FROM, ROUNDS, type Row, RUMUR_FLAGS, SPIN_FLAGS } from './others.ts'

/** What is in `bench/RESULTS.md`. */
export function resultsText(rows: readonly Row[]): string {
  const long = INSTANCES.filter((instance) => instance.long).map(({ name }) => `\`${name}\``)
  return [
    '# Beside other checkers',
    '',
    `Made by \`npm run bench\`: processor seconds of whole processes, the median of ${ROUNDS} runs that take turns; a verifier that takes more than ${ONCE_FROM} s ran once (Rumur). That all come to equal numbers of`,
    'states and transitions, and to the same verdicts of each claim, is asserted. Asked is for all states, or also for what is claimed of states and steps (liveness nobody is asked).',
    '',
    'Ours is one thread, exact, breadth-first with parents, and starts Node, loads the protocols and runs their rules for the first time within its seconds. SPIN and Rumur are exact too, and are given',
    "the tables that come of that: DJ as written by hand, protocols as `doublejump export` writes them; writing and compiling them, up to half a minute and two, is not counted. Rumur is asked for states only: it stops at a claim that does not hold. SPIN's bytes include its stack and hash table.",
    '',
    'With sleep sets (`check --reduce sleep-sets`, [decision 17](../docs/decisions/0017-steps-that-commute-sleep.md)) all states are found, and each claim is decided, by fewer steps: equal states and verdicts are asserted. SPIN is not given its partial-order reduction, which leaves states out.',
    '',
    `Not in the table, since they take minutes: ${long.join(', ')} (\`npm run bench -- --only 'dj fixed(2,3)'\`).`,
    '',
    `- ${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `- Node ${process.versions.node}; ${firstLine('gcc', '--version')}`,
    `- ${firstLine('spin', '-V')}: gcc ${SPIN_FLAGS.join(' ')} -DSAFETY -DNOREDUCE, pan -n -E, about two slots a state, the least depth that is enough`,
    `- ${firstLine('rumur', '--version')}: gcc ${RUMUR_FLAGS.join(' ')}, one thread`,
    '',
    "| model | asked | states | transitions | ours | SPIN | of SPIN's | with sleep sets: transitions | ours | of SPIN's | Rumur | of Rumur's | bytes a state, ours and SPIN's |",
    '|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...rows.map(line),
    '',
  ].join('\n')
}

export function line({ name, asked, states, transitions, ours, asleep, spin, rumur }: Row): string {
  const seconds = ({ spent }: Needed): string => `${spent.processor.toFixed(2)} s`
  const ratio = ({ spent }: Needed, of = ours): string => (of.spent.processor / spent.processor).toFixed(2)
  const bytes = ({ bytesPerState }: Needed): string => (bytesPerState ?? Number.NaN).toFixed(0)
  const row = [
    `\`${name}\``,
    asked,
    states.toLocaleString('en'),
    transitions.toLocaleString('en'),
    seconds(ours),
    seconds(spin),
    ratio(spin),
    asleep.transitions.toLocaleString('en'),
    seconds(asleep),
    ratio(spin, asleep),
    rumur === null ? '' : seconds(rumur),
    rumur === null ? '' : ratio(rumur),
    `${bytes(ours)}, ${bytes(spin)}`,
  ]
  return `| ${row.join(' | ')} |`
}

function firstLine(program: string, ...args: readonly string[]): string {
  return (spawnSync(program, args, { encoding: 'utf8' }).stdout ?? '').split('\n')[0]!.trim()
}
