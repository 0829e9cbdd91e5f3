import type { Sheet } from './sheet.ts'
import { at, BINDING, bounds, d, duration, SESSION, vary } from './words.ts'

export const sip: Sheet = {
  file: '7-sip',
  title: 'How long SIP takes to repair a double jump, and how long a dialog lasts that is not repaired',
  question:
    'From the end of the last move: until both bindings are right, for good; or until an end gives the dialog up.',
  says: 'RFC 3261 §14.1: after a 491, 2.1–4 s for the owner of the Call-ID, 0–2 s for the other; §17.1.1.2: 32 s until an INVITE is given up; a branch of a proxy after Timer C, or its transaction’s time-out.',
  answer:
    'A double jump of direct SIP ends after 32.0 s, less what lies between the first attachment and the last (32.0 s in the lab), and by way of a proxy that does not look up again after its 30 s (30.0 s in the lab, with Kamailio). Where branches are replaced, one glare and one back-off of the other side go by, a little over 2 s, while a round trip is shorter than 100 ms: the back-offs of RFC 3261 are 100 ms apart at their nearest (2.0 and 2.1 s), so that from there on a second glare can happen, and a third from 200 ms on, or 400 ms where an Interceptor sends on. In the model the third back-off stands for all that come, and is of one length for both ends: a fourth 491 ends the dialog there, which RFC 3261 does not say.',
  asked: [
    duration('sip/direct', SESSION, { d }, ['30,275 ms', '32,000 ms'], 'until the dialog is given up'),
    duration(
      'sip/home-proxy-rfc',
      SESSION,
      { d, blackout: at(100) },
      ['29,900 ms', '30,050 ms'],
      'until the dialog is given up',
    ),
    duration('sip/resend-replace-branch', BINDING, { d: at(10) }, ['20 ms', '2,080 ms']),
    duration('sip/resend-replace-branch', BINDING, { d }, ['50 ms', '2,200 ms']),
    duration('sip/resend-replace-branch', BINDING, { d: at(49), blackout: at(100) }, ['98 ms', '2,392 ms']),
    duration(
      'sip/resend-replace-branch',
      BINDING,
      { d: at(50), blackout: at(100) },
      ['100 ms', '6,700 ms'],
      'a round trip of 100 ms',
    ),
    duration('sip/resend-replace-branch', BINDING, { d: at(100) }, ['200 ms', 'for ever']),
    duration('sip/relookup-replace-branch', BINDING, { d, blackout: at(100) }, ['50 ms', '6,900 ms']),
    duration('sip/interceptor', BINDING, { d, blackout: at(100) }, ['25 ms', '4,650 ms']),
    ...(
      [
        ['sip/resend-replace-branch', 'a-second-glare', 50],
        ['sip/resend-replace-branch', 'a-third-glare', 100],
        ['sip/interceptor', 'a-second-glare', 50],
        ['sip/interceptor', 'a-third-glare', 200],
      ] as const
    ).map(([target, property, from]) =>
      bounds(target, {
        note: 'where one can happen',
        property,
        vary: [vary('d', 10, 200, 10)],
        given: { blackout: at(100) },
        expect: [`holds where ${from} ≤ d`],
      }),
    ),
  ],
  open: 'A fourth glare in a row, and more.',
}
