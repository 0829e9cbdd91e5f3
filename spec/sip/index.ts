import type { Protocol } from '../protocol.ts'
import { expectPaper, expectRfc } from './expectations.ts'
import { describeSip, sections } from './messages.ts'
import { options } from './options.ts'
import { variantsOf } from './variants.ts'

/** SIP mid-call mobility as RFC 3261 rules it. */
export const sip: Protocol = {
  name: 'sip',
  title: 'SIP mid-call mobility, as RFC 3261 rules it: glare, one INVITE at a time, time-outs that end the dialog',
  source: '000 §II–IV; RFC 3261 §12–§17',
  variants: variantsOf('rfc', expectRfc),
  describe: describeSip,
  options,
  sections,
}

/** SIP mid-call mobility as paper 000 draws it. */
export const sipPaper: Protocol = {
  name: 'sip-paper',
  title: 'SIP mid-call mobility, as paper 000 draws it: no glare, and a dialog never ends',
  source: '000 §II–IV, Figs 1, 2, 7',
  variants: variantsOf('paper', expectPaper),
  describe: describeSip,
  options,
  sections,
}
