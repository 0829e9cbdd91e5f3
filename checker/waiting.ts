import { call, telling } from './call.ts'
import { Interner } from './intern.ts'
import type { Watch } from './limits.ts'
import type { Look, Model, Rule } from './model.ts'
import { Table } from './table.ts'

/** One of a patient rule that waits, by number. */
export interface Waiter {
  readonly rank: number
  readonly number: number
}

/** Which patient rules wait in a state, tabulated as rules are: those that look at the same cells share a table. */
export class Waiting {
  readonly tables: readonly Table<readonly Waiter[]>[]
  readonly #model: Model
  readonly #watch: Watch | undefined
  readonly #waiters = new Interner()

  constructor(model: Model, interners: readonly Interner[], watch: Watch | undefined) {
    this.#model = model
    this.#watch = watch
    const groups = new Map<string, Rule[]>()
    for (const rule of model.rules) {
      if (rule.waits === undefined || rule.patient !== true) continue
      const key = rule.reads.join()
      groups.set(key, [...(groups.get(key) ?? []), rule])
    }
    this.tables = [...groups.values()].map(
      (group) =>
        new Table<readonly Waiter[]>({
          name: group.map(({ name }) => name).join(', '),
          allowed: group[0]!.reads,
          cellNames: model.cells,
          interners,
          compute: (look) => group.flatMap((rule) => this.#waiter(rule, look)),
        }),
    )
  }

  #waiter({ name, rank, waits }: Rule, look: Look): Waiter[] {
    const which = call(name, (saw) => waits!(telling(look, this.#model.cells, saw)), this.#watch)
    return which === null ? [] : [{ rank: rank!, number: this.#waiters.id([name, which]) }]
  }

  /** The rule of one that waits. */
  ruleOf(waiter: number): string {
    return (this.#waiters.get(waiter) as readonly [string, string])[0]
  }
}
