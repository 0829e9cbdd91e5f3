import { scenarioOf, variantOf } from '../analysis/target.ts'
import { taskOf } from '../analysis/threads/task.ts'
import type { Control } from '../checker/limits.ts'
import { type Account, accountOf } from '../claims/costs/account.ts'
import { accountAskedIn, type CostsGiven } from '../claims/costs/given.ts'
import { NoAnswer } from '../claims/no-answer.ts'
import { Searches } from '../claims/searches.ts'
import { lengthsOf } from '../wire/index.ts'
import { errors } from './errors.ts'

/** The costs of a variant that ships, counted in a run that is searched for now. */
export const costsTask = taskOf(
  import.meta.url,
  'costsTask',
  ({ target, ...given }: CostsGiven & { readonly target: string }, control: Control): Account => {
    const { found: _, ...quiet } = control
    const variant = variantOf(target)
    if (!variant.variant.scenarios.some(({ name }) => name === 'one-moves'))
      throw errors.noHandoff(target, 'it is not asked about one host that moves')
    const nodes = variant.variant.nodes(scenarioOf(variant, 'one-moves')).map(({ name }) => name)
    const asked = accountAskedIn(given, nodes)
    try {
      return accountOf(new Searches(undefined, quiet), target, asked, ({ found, story }) =>
        lengthsOf(found.protocol.name, found.internet, story),
      )
    } catch (error) {
      if (error instanceof NoAnswer) throw errors.noHandoff(target, error.message)
      throw error
    }
  },
)
