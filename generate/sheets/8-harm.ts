import type { Sheet } from './sheet.ts'
import { at, BINDING, d, duration, REACH, SESSION } from './words.ts'

export const harm: Sheet = {
  file: '8-harm',
  title: 'How long the harm is',
  question:
    'From the end of the last move of a double jump, until data flow both ways again, or the association is given up.',
  says: 'HIP: RFC 8046 §5; MOBIKE: RFC 7296 §2.4, RFC 4555 §3.11; WireGuard: whitepaper §6; QUIC: RFC 9000 §9; MIPv6: RFC 6275 §11.8.',
  answer:
    'Where a stable third party is asked again (a rendezvous server, a home agent, a name that is resolved again), or an address stays (QUIC’s preferred one, MPTCP’s second), the harm is a few ways and retransmissions, and back-offs where re-INVITEs or offers cross; where not, it lasts until a time-out ends the session, or for ever. A time-out that begins with the signalling after a move ends the session at that, less what lies between the two attachments; QUIC’s idle time-out may have begun long before.',
  asked: [
    duration('mip/co-located', REACH, { d }, ['25 ms', '25 ms']),
    duration('mipv6/ro-rfc-expedited', REACH, { d, blackout: at(100) }, ['150 ms', '1,150 ms']),
    {
      ...duration(
        'mipv6/ro-seed',
        REACH,
        { d, blackout: at(100) },
        ['25 ms', '419,900 ms'],
        'signalling to care-of addresses; bindings end after 420 s, and then data go by the home agents',
      ),
      scenario: 'both-move-lifetimes-expire',
    },
    duration(
      'hip/direct',
      SESSION,
      { d, blackout: at(100) },
      ['63,875 ms', '64,000 ms'],
      'five tries, until an end gives the association up',
    ),
    duration('hip/rvs-when-sent-again', BINDING, { d }, ['75 ms', '2,075 ms']),
    duration('hip/rvs-in-parallel', BINDING, { d }, ['75 ms', '2,075 ms']),
    duration(
      'mobike/single-homed',
      SESSION,
      { d },
      ['298,275 ms', '300,000 ms'],
      'RFC 7296: until an end gives the association up',
    ),
    duration(
      'mobike/silent-initiator',
      SESSION,
      { d },
      ['25,775 ms', '27,500 ms'],
      'strongSwan, which looks for a path ten times more, 2.5 s apart (in the lab the last was 25.0 s after the first, and it gave up after 27 s), until an end gives the association up',
    ),
    duration('wireguard/roaming', REACH, { d, blackout: at(100) }, ['25 ms', 'for ever']),
    duration('wireguard/re-resolve-one', REACH, { d }, ['25 ms', '5,075 ms']),
    duration('wireguard/persistent-keepalive', REACH, { d }, ['25 ms', 'for ever']),
    duration(
      'quic/client-migration',
      SESSION,
      { d },
      ['0 ms', '30,000 ms'],
      'RFC 9000 §10.1, with an idle time-out of 30 s: until an end closes in silence',
    ),
    duration('quic/preferred-address', REACH, { d }, ['0 ms', '75 ms']),
    duration(
      'ice/unanchored',
      SESSION,
      { d, blackout: at(100) },
      ['31,875 ms', '32,000 ms'],
      'until an end gives the session up',
    ),
    duration('ice/anchored-rejection', REACH, { d, blackout: at(100) }, ['50 ms', '4,850 ms']),
    duration('mptcp/stable-address', REACH, { d }, ['0 ms', '105 ms']),
  ],
  open: 'ICE’s consent (RFC 7675) is not in the model (warts); WireGuard’s rekeying is.',
}
