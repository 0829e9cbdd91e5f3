import type { Go } from './permalink.ts'
import type { TimeGiven } from './time-given.ts'

/** With a clock, or without. A run of the one is none of the other: the search begins anew. */
export function ClockSwitch({ given, go }: { given: TimeGiven | null; go: Go }) {
  return (
    <label>
      <input
        type="checkbox"
        checked={given !== null}
        onChange={(event) =>
          go({ given: event.currentTarget.checked ? {} : null, choices: [], loop: null, at: 0, beside: null })
        }
      />{' '}
      with a clock
    </label>
  )
}
