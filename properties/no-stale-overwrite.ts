import { everyStep, type Property } from '../checker/property.ts'
import { type Checked, predicate } from './subject.ts'

/**
 * P3. No step replaces what a node knows of a host by something older that it has heard late. Where a host has returned to an
 * address, the address alone does not say which stay is meant: what may be newer does not count as older.
 */
export function noStaleOverwrite(checked: Checked): Property {
  const { internet, subject } = checked
  const all = (view: Parameters<typeof subject.beliefs>[0]) => [
    ...subject.beliefs(view),
    ...(subject.registrations?.(view) ?? []),
  ]
  return {
    id: 'no-stale-overwrite',
    ...everyStep({
      name: 'no binding goes back to an older address',
      holds: (lookBefore, lookAfter) => {
        const before = all(internet.view(lookBefore))
        const viewAfter = internet.view(lookAfter)
        const after = all(viewAfter)
        for (const old of before) {
          const now = after.find((belief) => belief.holder === old.holder && belief.about === old.about)
          if (now === undefined || now.believes === null || old.believes === null) continue
          if (now.believes === old.believes) continue
          const known = Math.min(...viewAfter.epochsOf(old.about, old.believes))
          if (viewAfter.epochsOf(now.about, now.believes).every((epoch) => epoch < known)) {
            return `${now.holder} knew that ${now.about} had come to ${old.believes}, and now thinks that it is at ${now.believes}, where it was before`
          }
        }
        return true
      },
    }),
    witness: predicate(checked, 'a binding changes', (view) =>
      all(view).some(({ about, believes }) => believes !== null && Math.max(...view.epochsOf(about, believes)) > 0)
        ? true
        : 'no binding has changed',
    ),
  }
}
