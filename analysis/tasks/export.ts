import type { Control, Limits } from '../../checker/limits.ts'
import { type ExportedText, type ExportFormat, exportOf } from '../export/index.ts'
import { scenarioOf } from '../target.ts'
import { taskOf } from '../threads/task.ts'
import { theVariant } from './targets.ts'

export interface ExportGiven {
  readonly target: string
  readonly scenario: string
  readonly format: ExportFormat
  readonly limits: Limits
  /** What the model is called. */
  readonly name?: string
}

export const exportTask = taskOf(
  import.meta.url,
  'exportTask',
  async ({ target, scenario, format, limits, name }: ExportGiven, control: Control): Promise<ExportedText> => {
    const asked = await theVariant(target, control)
    return exportOf(asked, scenarioOf(asked, scenario), format, {
      limits,
      control,
      ...(name === undefined ? {} : { name }),
    })
  },
)
