import type { Story } from '../counterexamples/index.ts'
import { formats, save } from './exports.ts'

/** Saves the run that is shown, in a format that is chosen. */
export function SaveAs({ story }: { readonly story: Story }) {
  return (
    <select
      aria-label="save as"
      value=""
      onChange={(event) => {
        if (event.currentTarget.value !== '') save(story, event.currentTarget.value)
        event.currentTarget.value = ''
      }}
    >
      <option value="">save as…</option>
      {['png', ...Object.keys(formats)].map((format) => (
        <option key={format}>{format}</option>
      ))}
    </select>
  )
}
