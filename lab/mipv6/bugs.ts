/** Mistakes that can be switched on in the implementation, as people make them. */
export const bugs = {
  'signals-to-care-of-address':
    "tests and updates go to the peer's last care-of address (RFC 6275 §6.1.1 has them go to its home address)",
  'home-test-without-tunnel': 'the Home Test Init leaves directly, not by the home agent (§11.6.1)',
  'answers-home-test-directly': 'the Home Test leaves directly, not by the home agent (§11.3.1)',
  'tests-sent-once': 'tests that get no answer are not sent again (§11.8)',
  'keeps-cookies': 'tests that are sent again have the cookies of the first (§11.8: new ones)',
  'any-care-of-test': 'takes a Care-of Test for an address that it has left (§11.6.2: the cookie must match)',
  'old-updates-count': 'takes a Binding Update with an older sequence number (§9.5.1)',
  'acknowledges-where-it-was': "the Binding Acknowledgement goes to the peer's address before the update (§9.5.4)",
  'keeps-home-token': 'asks for no new home keygen token after a move',
  'updates-after-one-token': 'sends its Binding Update without waiting for the care-of keygen token (§11.7.2)',
  'registers-home-last': 'tests are sent before the home registration is begun (§11.7.1)',
  'any-authenticator': 'takes a Binding Update whose authenticator is wrong (§9.5.1)',
  'no-re-forwarding': 'the home agent keeps nothing to send again when its mobile node has moved (004 §IV.C)',
  're-forwards-tests-only': 'the home agent keeps tests, but no updates (004 §IV.C)',
  'old-home-updates-count': 'the home agent takes an older home registration (§10.3.1)',
  'any-tunnel': 'the home agent sends on what comes by a tunnel from any address (§10.4.5)',
} as const

export type Bug = keyof typeof bugs
export type Bugs = ReadonlySet<Bug>
