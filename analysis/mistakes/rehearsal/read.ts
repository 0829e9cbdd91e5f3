import type { Property } from '../../../checker/property.ts'
import type { Checked } from '../../../properties/index.ts'
import type { Internet } from '../../../spec/internet/compose.ts'
import { usableEffects } from '../../../spec/internet/effects.ts'
import { inWords } from '../../../spec/internet/unusable.ts'
import { believed, type Subject } from '../../../spec/protocol.ts'
import { type Mistake, mistakeFrom } from '../mistake.ts'
import type { Calls } from './calls.ts'
import { predicatesOf } from './predicates.ts'
import type { Sample, State } from './sample.ts'

/** What is asked of states, and not in finding them, is asked of so many. */
const MOST = 40

/** The first ones, and the last, which lie furthest. */
const some = <T>(all: readonly T[]): readonly T[] =>
  all.length <= MOST ? all : [...all.slice(0, MOST / 2), ...all.slice(-MOST / 2)]

/** Asks roles what a search asks only sometimes: what they wait for, what is left after a crash, how data leave. */
export function askRoles({ layout }: Internet, { ends }: Subject, sample: Sample): Mistake[] {
  return some(sample.states).flatMap((state) =>
    layout.topology.nodes.flatMap(({ name, role }) => {
      const own = layout.state((cell) => state[cell]!, name)
      return tried(`'sendData' of node '${name}'`, () => {
        role.pending?.(own)
        role.restart?.(own)
        for (const peer of ends)
          if (role.sendData !== undefined && ends.includes(name) && peer !== name)
            usableEffects(layout, role.sendData(own, peer))
        return null
      })
    }),
  )
}

/** Reads beliefs and sessions off states. */
export function readBeliefs({ internet, subject }: Checked, sample: Sample, calls: Calls): Mistake[] {
  return some(sample.states).flatMap((state, i) => {
    const view = internet.view((cell) => state[cell]!)
    const inState = (node: string): string => `a state in which '${node}' is ${inWords(view.state(node))}`
    return [
      ...[...subject.beliefs, ...(subject.registrations ?? [])].flatMap((belief) => {
        const what = `'believes' of the belief of '${belief.holder}' about '${belief.about}'`
        return tried(what, () => {
          calls.made(what, inState(belief.holder), () => believed(view, belief), { input: i })
          return null
        })
      }),
      ...Object.entries(subject.sessions ?? {}).flatMap(([end, ended]) => {
        const what = `the session at '${end}'`
        return tried(what, () => {
          const why: unknown = calls.made(what, inState(end), () => ended(view), { input: i })
          return why === null || typeof why === 'string'
            ? null
            : {
                where: what,
                fact: `it gives ${inWords(why)} in ${inState(end)}`,
                cause: 'The likeliest cause is a field that the state does not have then.',
                act: 'Give null while the session lives, or why it does not, as a text.',
              }
        })
      }),
    ]
  })
}

/** Judges states by the predicates of every property. */
export function judge(
  { properties }: { readonly properties: readonly Property[] },
  sample: Sample,
  calls: Calls,
): Mistake[] {
  const looking = (state: State) => (cell: number) => state[cell]!
  return properties.flatMap((property) => {
    const what = `property '${property.id}'`
    const answers = (name: string, i: number, judged: () => unknown): Mistake[] =>
      tried(what, () => notAnAnswer(calls.made(what, `'${name}' of state ${i + 1} of the sample`, judged), name, what))
    return [
      ...predicatesOf(property).flatMap(({ name, holds }) =>
        some(sample.states).flatMap((state, i) => answers(name, i, () => holds(looking(state)))),
      ),
      ...('everyStep' in property ? property.everyStep : []).flatMap(({ name, holds }) =>
        some(sample.steps).flatMap(([before, after], i) =>
          answers(name, i, () => holds(looking(before), looking(after))),
        ),
      ),
    ]
  })
}

const notAnAnswer = (answer: unknown, name: string, where: string): Mistake | null =>
  answer === true || (typeof answer === 'string' && answer !== '')
    ? null
    : {
        where,
        fact: `'${name}' gave ${inWords(answer)}`,
        cause: 'The likeliest cause is a comparison, which gives false, or a case without a return.',
        act: "Give true, or the reason why not as a text: view.holder(x) === 'a' ? true : 'somebody else has it'.",
      }

/** What is wrong with what was given; what throws by itself is left to the search. */
function tried(where: string, run: () => Mistake | null): Mistake[] {
  try {
    const found = run()
    return found === null ? [] : [found]
  } catch (error) {
    const found = mistakeFrom(error, where)
    return found === null ? [] : [found]
  }
}
