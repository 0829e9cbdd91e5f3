/** One of the five papers, and what its sections are about, in our own words and in its order. */
export interface Paper {
  readonly number: string
  readonly title: string
  readonly about: string
  /** What a section is called in it, and what it is about. */
  readonly sections: readonly (readonly [name: string, about: string])[]
  /** In which section a figure, table or equation is that a claim names alone. */
  readonly places: Readonly<Record<string, string>>
}

export const papers: readonly Paper[] = [
  {
    number: '000',
    title: 'Wong, Dutta, Young, Schulzrinne: simultaneous mobility for SIP and MIP-LR',
    about:
      'It finds that protocols which tell the peer directly lose both updates when both ends move at about the same time, says how likely that is, and proposes stationary proxies and an Interceptor.',
    sections: [
      ['I', 'what the problem is, and what it leaves out'],
      ['II', 'the protocols: Mobile IP, MIP-LR, SIP mobility'],
      ['III', 'when there is a problem at all'],
      ['III.A', 'in the middle of a session: who suffers, and why'],
      ['III.B', 'while a call is set up'],
      ['III.C', 'the vulnerable interval, and how likely it is that it is hit'],
      ['IV.A', 'sending again by way of a server'],
      ['IV.B', 'forwarding from the network that was left'],
      ['IV.C', 'two bindings at once'],
      ['IV.D', 'stationary proxies for locations and updates'],
      ['IV.E', 'an Interceptor, while a call is set up'],
    ],
    places: { 'Fig. 6': 'III.C' },
  },
  {
    number: '001',
    title: 'Interworking of Mobile IP and SIP',
    about:
      'Connections go by Mobile IP and media by SIP; a host measures its networks by the exchange with its home agent and chooses one. A prototype gives the numbers of Table 1.',
    sections: [
      ['1', 'why'],
      ['2.1', 'mobility in the network layer'],
      ['2.2', 'mobility in the application layer'],
      ['3', 'the architecture, and how a network is chosen'],
      ['4', 'the prototype'],
      ['5', 'results: what headers take'],
      ['6', 'beside other work'],
    ],
    places: { 'Fig. 2': '3', eq: '3', 'Table 1': '5', 'Table 2': '6' },
  },
  {
    number: '002',
    title: 'SIMS: mobility without a home',
    about:
      'A host keeps the addresses of networks that it has left for sessions that began there; the mobility agents of its networks relay them. New sessions use the new address.',
    sections: [
      ['I', 'the idea'],
      ['II', 'Mobile IP, for comparison'],
      ['III', 'related work'],
      ['IV', 'the system'],
      ['IV-A', 'what is required of it'],
      ['IV-B', 'how it works'],
      ['V', 'discussion, beside Mobile IP and HIP'],
      ['V-2', 'overhead of new sessions'],
      ['V-3', 'how long a handover takes'],
      ['V-4', 'robustness'],
    ],
    places: { 'Table I': 'V' },
  },
  {
    number: '003',
    title: 'Lim, Yeo, Lee, Le: TMSP, a terminal mobility support protocol',
    about:
      'Both hosts map addresses, so that a connection keeps those that it began with, and tell each other by SIP re-INVITE; redirect servers say where a host is. Its costs are compared with those of MIPv6 in formulas, a prototype is measured.',
    sections: [
      ['I', 'what it promises'],
      ['II-D', 'IPsec and mobility'],
      ['III-C', 'how a connection is set up'],
      ['III-D', 'how addresses are mapped'],
      ['III-E', 'how a move is told'],
      ['IV', 'costs, in hops: equations 1–10'],
      ['IV-A', 'average cost of signalling'],
      ['IV-B', 'gain in transmission'],
      ['IV-C', 'traffic on links: equations 11 and 12'],
      ['V', 'where it applies, and its limits'],
      ['VI-A1', 'measured: throughput'],
      ['VI-A2', 'measured: the state tables'],
      ['VI-A3', 'measured: processing a packet'],
      ['VI-B', 'measured: handovers'],
      ['VII-A2', 'beside SIP with Mobile IP'],
      ['VII-B', 'movement within a domain'],
      ['VII-C', 'firewalls and NATs'],
    ],
    places: { eqs: 'IV', 'Fig. 5': 'IV-A', 'Fig. 6': 'IV-B', 'Fig. 7': 'IV-C', 'Fig. 8': 'IV-C', 'Table I': 'VI-A2' },
  },
  {
    number: '004',
    title: 'Wong, Dutta: simultaneous mobility in MIPv6',
    about:
      'Route optimization lets MIPv6 suffer as well: return routability and Binding Updates go to addresses that were left. It weighs forwarders, stationary proxies, and signalling to the home address, with a home agent that sends on what its host has missed. It prints no number: what it says of timers (T_h > T_p, T_b) is searched with a clock.',
    sections: [
      ['I', 'what the problem is'],
      ['II', 'what MIPv6 does when a node moves'],
      ['II.A', 'return routability'],
      ['II.B', 'return routability, expedited'],
      ['III', 'when moves collide'],
      ['III.A', 'messages lost during return routability'],
      ['III.B', 'messages lost after it'],
      ['III.C', 'with expedited return routability'],
      ['IV.A', 'forwarding from the network that was left'],
      ['IV.B', 'stationary proxies'],
      ['IV.C', 'signalling to the home address'],
      ['V', 'which is best'],
    ],
    places: {},
  },
]

/**
 * The section that a place is in, by the paper's own list; null for what a paper does not claim.
 *
 * @param where '§III.C, Fig. 5', 'Fig. 7', 'eqs 1–3'
 */
export function sectionOf({ sections, places }: Paper, where: string): string | null {
  const [, named] = /§([IVX]+(?:[.-][A-F]?\d?)?|\d(?:\.\d)?)/.exec(where) ?? []
  if (named !== undefined && sections.some(([name]) => name === named)) return named
  const place = Object.keys(places).find((name) => where.includes(name))
  return place === undefined ? null : places[place]!
}
