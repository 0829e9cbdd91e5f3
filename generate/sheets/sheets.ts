import { directUpdates } from './1-direct-updates.ts'
import { revisionWindow } from './2-revision-window.ts'
import { stationaryProxies } from './3-stationary-proxies.ts'
import { reForwarding } from './4-re-forwarding.ts'
import { overlap } from './5-overlap.ts'
import { tmsp } from './6-tmsp.ts'
import { sip } from './7-sip.ts'
import { harm } from './8-harm.ts'
import type { Sheet } from './sheet.ts'

/** The questions of `docs/bounds/`. */
export const sheets: readonly Sheet[] = [
  directUpdates,
  revisionWindow,
  stationaryProxies,
  reForwarding,
  overlap,
  tmsp,
  sip,
  harm,
]
