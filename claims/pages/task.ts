import { taskOf } from '../../analysis/threads/task.ts'
import type { Control } from '../../checker/limits.ts'
import { printedNumbers } from '../printed.ts'
import type { PrintedNumber } from '../printed-number.ts'
import { Searches } from '../searches.ts'

/** Every printed number, computed now; runs of the model are searched for. */
export const numbersTask = taskOf(import.meta.url, 'numbersTask', (_: null, control: Control): PrintedNumber[] => {
  control.now()
  const { found: __, ...quiet } = control
  return printedNumbers(new Searches(undefined, quiet))
})
