import type { Patience, Scenario } from '../../spec/internet/scenario.ts'
import type { Node } from '../../spec/internet/topology.ts'
import type { Alternative, Axis, Ground } from './axis.ts'

/** The timers of all nodes, by name, each once. */
export const timersOf = (nodes: readonly Node[]): string[] => [
  ...new Set(nodes.flatMap(({ role }) => Object.keys((role.timers ?? {}) as object))),
]

export const patienceOf = (scenario: Scenario, timer: string): Patience => scenario.timers[timer] ?? 'patient'

/**
 * Two assumptions a timer, since neither takes the other's place: that it does not fire too early, and that it fires in the end. Without both it fires at will. One that
 * never fires has a single assumption: that it does not.
 */
export const patienceAxes = ({ scenario, nodes }: Ground): Axis[] =>
  timersOf(nodes).flatMap((timer): Axis[] => {
    const now = patienceOf(scenario, timer)
    return now === 'never' ? [silent(timer)] : [inTime(timer, now), atAll(timer, now)]
  })

const as = (timer: string, become: (now: Patience) => Patience) => (s: Scenario) => ({
  ...s,
  timers: { ...s.timers, [timer]: become(patienceOf(s, timer)) },
})

const always = (): boolean => true

function silent(timer: string): Axis {
  return {
    id: `timer ${timer}`,
    assumes: `timer '${timer}' does not fire within what is looked at`,
    short: `${timer} never`,
    says: always,
    weaker: [
      {
        value: 'at will',
        instead: `timer '${timer}' fires at any moment or never`,
        short: `${timer} at will`,
        change: as(timer, () => 'at will'),
      },
    ],
    stronger: [
      {
        value: 'patient',
        instead: `timer '${timer}' fires, after every round trip`,
        short: `patient ${timer}`,
        change: as(timer, () => 'patient'),
      },
    ],
  }
}

function inTime(timer: string, now: Patience): Axis {
  const patient: Alternative = {
    value: 'patient',
    instead: `timer '${timer}' is longer than any round trip (patient)`,
    short: `patient ${timer}`,
    change: as(timer, () => 'patient'),
  }
  const early: Alternative = {
    value: 'eager',
    instead: `timer '${timer}' may fire at any moment`,
    short: `${timer} at any moment`,
    // One that need not fire at all, nor wait, fires at will.
    change: as(timer, (was) => (was === 'never' ? 'at will' : 'eager')),
  }
  const waits = now === 'patient'
  return {
    id: `timer ${timer} waits`,
    assumes: (waits ? patient : early).instead,
    short: (waits ? patient : early).short,
    says: always,
    weaker: waits ? [early] : [],
    stronger: now === 'eager' ? [patient] : [],
  }
}

function atAll(timer: string, now: Patience): Axis {
  const fires: Alternative = {
    value: 'fires',
    instead: `timer '${timer}' fires in the end`,
    short: `${timer} fires`,
    change: as(timer, (was) => (was === 'at will' ? 'eager' : was)),
  }
  const never: Alternative = {
    value: 'never',
    instead: `timer '${timer}' never fires`,
    short: `${timer} never`,
    change: as(timer, (was) => (was === 'eager' ? 'at will' : 'never')),
  }
  const chosen: Alternative = { ...never, value: 'at will', instead: `timer '${timer}' need not fire` }
  const owed = now !== 'at will'
  return {
    id: `timer ${timer} fires`,
    assumes: (owed ? fires : chosen).instead,
    short: (owed ? fires : chosen).short,
    says: always,
    weaker: owed ? [now === 'eager' ? chosen : never] : [],
    // For one that fails it may be the timer that does the harm.
    stronger: owed
      ? [{ ...never, value: 'never at all', change: as(timer, () => 'never') }]
      : [fires, { ...never, value: 'never at all', change: as(timer, () => 'never') }],
  }
}
