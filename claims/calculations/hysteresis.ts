import { check } from '../../checker/check.ts'
import type { Verdict } from '../../checker/verdict.ts'
import { noPingPong } from '../../properties/index.ts'
import { type SelectionSettings, selectionModel } from '../../spec/mip-sip/network-selection.ts'

/** Utilities from 4 to 7, a quarter apart: two of them differ by any threshold that is a multiple of a half, by a little less, and by a little more. */
const RATINGS = Array.from({ length: 13 }, (_, i) => 4 + i / 4)

/** Whether the choice of a network settles, whatever is measured: the environment changes its mind twice, and then no more (001 §3). */
export function settles(settings: Omit<SelectionSettings, 'levels' | 'changes'>): Verdict {
  const names = settings.networks.map(({ name }) => name)
  return check(selectionModel({ ...settings, levels: RATINGS, changes: 2 }), [noPingPong(0, names)])[0]!
}
