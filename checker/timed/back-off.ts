import type { Clock } from '../model.ts'

/**
 * How long a clock takes each time that it starts afresh after a step of its own: the first time, the second, and so on; the last one stands for all
 * that come after it. Ends are rounded to whole units.
 */
export function eachTime({ earliest, latest, backsOff }: Clock): readonly Pick<Clock, 'earliest' | 'latest'>[] {
  const times: Pick<Clock, 'earliest' | 'latest'>[] = [{ earliest, latest }]
  if (backsOff === undefined) return times
  const { factor, most } = backsOff
  const after = (end: number): number => Math.max(end, Math.min(Math.round(end * factor), most))
  for (let last = times[0]!; ; last = times.at(-1)!) {
    const next = { earliest: after(last.earliest), latest: last.latest === null ? null : after(last.latest) }
    if (next.earliest === last.earliest && next.latest === last.latest) return times
    times.push(next)
  }
}
