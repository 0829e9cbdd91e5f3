import type { Internet } from '../../spec/internet/compose.ts'
import { inWords } from '../../spec/internet/unusable.ts'
import type { View } from '../../spec/internet/view.ts'
import { type Belief, believed, type Subject } from '../../spec/protocol.ts'
import { didYouMean, type Mistake, mistakeFrom, within } from './mistake.ts'
import { unknown } from './references.ts'

/** Nodes that a subject names and that are not there, and what it reads off the state in which everything starts. */
export function mistakesOfSubject(subject: Subject, internet: Internet, where: string): Mistake[] {
  const { nodes } = internet.layout.topology
  const names = nodes.map(({ name }) => name)
  const view = internet.view((cell) => internet.model.initial[0]![cell]!)
  const beliefs = [...subject.beliefs, ...(subject.registrations ?? [])]
  return within(`the subject, ${where}`, [
    ...unknown(subject.ends, names, "'ends' names", 'node', ''),
    ...unknown(Object.keys(subject.sessions ?? {}), names, "'sessions' names", 'node', ''),
    ...beliefs.flatMap((belief) => [
      ...unknown([belief.holder], names, "'holder' of a belief names", 'node', ''),
      ...unknown([belief.about], names, "'about' of a belief names", 'node', ''),
      ...(names.includes(belief.about) ? initialBelief(belief, view) : []),
    ]),
    ...Object.entries(subject.sessions ?? {}).flatMap(([end, ended]) => initialSession(end, ended, view)),
    ...(subject.carriesData === true ? withoutData(subject, nodes) : []),
  ])
}

function initialBelief(belief: Belief, view: View): Mistake[] {
  const where = `the belief of '${belief.holder}' about '${belief.about}'`
  try {
    const address = believed(view, belief)
    if (address === null || view.layout.candidatesFor(address).length > 0) return []
    const { nodes } = view.layout.topology
    const { cause, act } = didYouMean(address, [...new Set(nodes.flatMap(({ stops }) => stops.flat()))])
    return [{ where, fact: `at the start it is ${address}, and nobody ever holds that address`, cause, act }]
  } catch (error) {
    return [mistakeFrom(error) ?? threw("'believes'", error, where)]
  }
}

function initialSession(end: string, ended: unknown, view: View): Mistake[] {
  const where = `the session at '${end}'`
  if (typeof ended !== 'function')
    return [
      {
        where,
        fact: `it is ${inWords(ended)}, which is not a function`,
        cause: 'The likeliest cause is an answer, where what answers is due.',
        act: 'Give a function of a view: null while the session lives, or why it does not.',
      },
    ]
  try {
    const why = ended(view)
    if (why === null || typeof why === 'string') return []
    return [
      {
        where,
        fact: `at the start it gives ${inWords(why)}`,
        cause: 'The likeliest cause is a field that the state does not have.',
        act: 'Give null while the session lives, or why it does not, as a text.',
      },
    ]
  } catch (error) {
    return [threw('it', error, where)]
  }
}

const threw = (what: string, error: unknown, where: string): Mistake => ({
  where,
  fact: `${what} threw on the state in which everything starts: ${(error instanceof Error ? error.message : String(error)).replace(/\.$/, '')}`,
  cause: 'The likeliest cause is a node or a field of a state by a name that it does not have.',
  act: "Read it off the view: view.state('a') is the state of node 'a'.",
})

const withoutData = (subject: Subject, nodes: Internet['layout']['topology']['nodes']): Mistake[] =>
  nodes
    .filter(({ name, role }) => subject.ends.includes(name) && role.sendData === undefined)
    .map(({ name }) => ({
      where: `node '${name}'`,
      fact: "the subject has 'carriesData', and its role has no 'sendData', so that no data are ever sent",
      cause: 'The likeliest cause is that a function of the role was forgotten.',
      act: "Give the role 'sendData', how a packet of user data leaves the node; or leave 'carriesData' out.",
    }))
