import type fc from 'fast-check'
import { canonical } from '../checker/canonical.ts'
import type { Model, Outcome, Value } from '../checker/model.ts'
import { after, enabledOutcomes } from '../checker/reference.ts'
import type { Internet } from '../spec/internet/compose.ts'
import type { Role } from '../spec/internet/role.ts'
import { fastCheck } from './fast-check.ts'
import { eventOf, sendOf } from './role-event.ts'
import type { AsyncSystem, System } from './system.ts'

/** The world around the system under test, and what the spec says that the system remembers. */
export interface World {
  state: readonly Value[]
}

export const worldOf = (internet: Internet): World => ({ state: internet.model.initial[0]! })

/** The system did something else than its spec. */
export class ConformanceError extends Error {
  override readonly name = 'ConformanceError'
  constructor(step: string, sent: readonly unknown[], expected: readonly unknown[]) {
    super(`${step}: it sent ${JSON.stringify(sent)}, but the spec sends ${JSON.stringify(expected)}`)
  }
}

type AnyRole = Role<Value, { kind: string }, string>

/** What can happen in a state: asked for before a step and again in it, and of the first state in each run. */
class Possible {
  readonly #model: Model
  readonly #outcomes = new WeakMap<readonly Value[], readonly Outcome[]>()

  constructor(model: Model) {
    this.#model = model
  }

  in(state: readonly Value[]): readonly Outcome[] {
    let outcomes = this.#outcomes.get(state)
    if (outcomes === undefined) {
      outcomes = enabledOutcomes(this.#model, state)
      this.#outcomes.set(state, outcomes)
    }
    return outcomes
  }
}

/** One step of the world, whichever of those that are possible the number picks. */
class WorldStep {
  readonly #internet: Internet
  readonly #name: string
  readonly #possible: Possible
  readonly #pick: number
  #told = '(not run)'

  constructor(internet: Internet, name: string, possible: Possible, pick: number) {
    this.#internet = internet
    this.#name = name
    this.#possible = possible
    this.#pick = pick
  }

  check(world: Readonly<World>): boolean {
    return this.#possible.in(world.state).length > 0
  }

  /** Moves the world on; the event for the system with what it must send, if the step is one of its own. */
  advance(world: World): { event: { readonly kind: string }; expected: readonly unknown[] } | null {
    const { model, layout } = this.#internet
    const possible = this.#possible.in(world.state)
    const outcome = possible[this.#pick % possible.length]!
    const { label } = outcome
    this.#told = label.text
    const before = world.state
    world.state = after(model, before, outcome)
    const event = eventOf(this.#internet, this.#name, before, label)
    if (event === null) return null
    const role = layout.topology.nodes.find((n) => n.name === this.#name)!.role as unknown as AnyRole
    const [, effects] = role.step(before[layout.stateCell(this.#name)]!, event as never)
    return { event, expected: effects.map(sendOf) }
  }

  compare(sent: readonly unknown[], expected: readonly unknown[]): void {
    if (canonical(sent as Value) !== canonical(expected as Value))
      throw new ConformanceError(this.#told, sent, expected)
  }

  toString(): string {
    return this.#told
  }
}

class SyncStep extends WorldStep implements fc.Command<World, System> {
  run(world: World, system: System): void {
    const asked = this.advance(world)
    if (asked !== null) this.compare(system.step(asked.event), asked.expected)
  }
}

class AsyncStep extends WorldStep implements fc.AsyncCommand<World, AsyncSystem> {
  async run(world: World, system: AsyncSystem): Promise<void> {
    const asked = this.advance(world)
    if (asked !== null) this.compare(await system.step(asked.event), asked.expected)
  }
}

/** Wide enough that no state has as many steps. */
const PICKS = 60

/**
 * Model-based testing of an implementation of a role by fast-check: runs of the whole world, with the implementation in the place of the role. For
 * `fc.modelRun(() => ({ model: worldOf(internet), real: system }), commands)`; what fails shrinks to a short run.
 *
 * @throws Error where fast-check is not installed; ConformanceError out of the run, where the implementation sends something else than the spec
 */
export function commandsOf(
  internet: Internet,
  role: string,
  length = 40,
): fc.Arbitrary<Iterable<fc.Command<World, System>>> {
  const possible = new Possible(internet.model)
  const { commands, nat } = fastCheck()
  return commands([nat(PICKS).map((pick) => new SyncStep(internet, role, possible, pick))], {
    maxCommands: length,
    size: 'max',
  })
}

/** The same for `fc.asyncModelRun`. */
export function asyncCommandsOf(
  internet: Internet,
  role: string,
  length = 40,
): fc.Arbitrary<Iterable<fc.AsyncCommand<World, AsyncSystem>>> {
  const possible = new Possible(internet.model)
  const { commands, nat } = fastCheck()
  return commands([nat(PICKS).map((pick) => new AsyncStep(internet, role, possible, pick))], {
    maxCommands: length,
    size: 'max',
  })
}
