import { asPrinted, corrected, signalling as costs, DHCP, gain, HOPS, transmission } from '../calculations/tmsp-cost.ts'
import { type Claim, figure, statement } from '../claim.ts'
import type { Compared } from '../costs/compared.ts'
import { Searches } from '../searches.ts'

/** The runs that reasons speak of: of the protocols as they are. */
const runs = new Searches()

const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9

/** Hops of an INVITE's three messages, beyond those of two. */
const ack = (searches: Searches): number =>
  costs(searches, 'sip-with-ack').maintenance - costs(searches, 'tmsp').maintenance

const breakEven = (searches: Searches, extra = 0): number => {
  let n = 0
  while (transmission(searches, 'tmsp', n) + extra >= transmission(searches, 'mipv6', n)) n += 1
  return n - 1
}

/** A cost of n packets, written out. */
const line = (cost: (n: number) => number): string => {
  const [first, each] = [cost(0), cost(1) - cost(0)]
  return each === 0 ? `${first}` : `${first} + ${each}n`
}

/** What n packets cost, and what TMSP saves of it, in per cent. */
const costOf = (compared: Compared) => (n: number) => transmission(runs, compared, n)
const saving = (searches: Searches, compared: Compared, n: number): number =>
  gain(transmission(searches, compared, n), transmission(searches, 'tmsp', n))

/** The share that TMSP saves, written out. */
const saved = (compared: Compared): string =>
  `(${line((n) => costOf(compared)(n) - costOf('tmsp')(n))}) / (${line(costOf(compared))}).`

/** As the paper names them. */
const rising = { TMSP: 'tmsp', 'SIP-MIPv6': 'sip-mipv6-tcp' } as const

const fromTo = (cost: typeof asPrinted): string =>
  Object.values(rising)
    .map((p) => `${cost(runs, p, 0)} to ${cost(runs, p, 1)}`)
    .join(', ')

/** Paper 003, §IV-A, §IV-B and §VII-A2: what signalling costs in hops. */
export const signalling: readonly Claim[] = [
  {
    id: '003-12',
    where: 'eqs 1–3',
    claim: 'A movement costs 14, 14 and 24 hops.',
    decide: {
      all: [
        figure('TMSP', 14, (searches) => costs(searches, 'tmsp').movement, 0),
        figure('MIPv6', 14, (searches) => costs(searches, 'mipv6').movement, 0),
        figure('SIP-MIPv6', 24, (searches) => costs(searches, 'sip-mipv6-tcp').movement, 0),
      ],
    },
    expected: 'holds',
    why: `Counted in runs: ${HOPS} hops everywhere, ${DHCP} to the DHCP server.`,
  },
  {
    id: '003-13',
    where: 'eqs 4–6',
    claim: 'Telling a correspondent costs 10, 0 and 10 hops.',
    decide: {
      all: [
        figure('TMSP', 10, (searches) => costs(searches, 'tmsp').maintenance, 0),
        figure('MIPv6', 0, (searches) => costs(searches, 'mipv6').maintenance, 0),
        figure('SIP-MIPv6', 10, (searches) => costs(searches, 'sip-mipv6-tcp').maintenance, 0),
      ],
    },
    expected: 'holds',
    get why() {
      return `Counted in runs; with the ACK that an INVITE needs it is ${costs(runs, 'sip-with-ack').maintenance}.`
    },
  },
  {
    id: '003-14',
    where: '§IV-A',
    claim: 'The average is (1−α)·C_movement + α·C_maintain.',
    decide: {
      all: [
        statement(
          'it agrees with C_signalling = C_movement + C_maintain of an active handoff',
          (searches) => {
            const { movement, maintenance } = costs(searches, 'tmsp')
            const [printed, defined] = [asPrinted(searches, 'tmsp', 1), movement + maintenance]
            return {
              so: near(printed, defined),
              text: `at α = 1: ${printed} as printed, ${defined} by the definition before it`,
            }
          },
          '(1−α)·C_movement + α·C_maintain against C_movement + C_maintain, α = 1',
        ),
      ],
    },
    expected: 'fails',
    why: 'By the definition one sentence earlier it is C_movement + α·C_maintain.',
  },
  {
    id: '003-15',
    where: 'Fig. 5',
    claim: 'MIPv6 is constant and the lowest.',
    decide: {
      cases: [
        statement(
          'as printed',
          (searches) => {
            const [from, to] = [asPrinted(searches, 'mipv6', 0), asPrinted(searches, 'mipv6', 1)]
            return { so: near(from, to), text: `from ${from} to ${to}` }
          },
          '(1−α)·C_movement + α·C_maintain, α from 0 to 1',
        ),
        statement(
          'corrected',
          (searches) => {
            const [from, to] = [corrected(searches, 'mipv6', 0), corrected(searches, 'mipv6', 1)]
            return { so: near(from, to) && to < corrected(searches, 'tmsp', 1), text: `from ${from} to ${to}` }
          },
          'C_movement + α·C_maintain, α from 0 to 1',
        ),
      ],
    },
    expected: 'conditional',
    get why() {
      return `The printed formula falls to ${asPrinted(runs, 'mipv6', 1)}; the corrected one is ${corrected(runs, 'mipv6', 1)} throughout.`
    },
    otherwise: {
      verdict: 'an error',
      because: 'false by the formula that is printed, true by the one that the sentence before it defines',
    },
  },
  {
    id: '003-16',
    where: 'Fig. 5',
    claim: 'TMSP and SIP-MIPv6 rise with α.',
    decide: {
      cases: Object.entries(rising).flatMap(([name, p]) => [
        statement(
          `${name} as printed`,
          (searches) => ({
            so: asPrinted(searches, p, 1) > asPrinted(searches, p, 0),
            text: `${asPrinted(searches, p, 0)} to ${asPrinted(searches, p, 1)}`,
          }),
          '(1−α)·C_movement + α·C_maintain, α from 0 to 1',
        ),
        statement(
          `${name} corrected`,
          (searches) => ({
            so: corrected(searches, p, 1) > corrected(searches, p, 0),
            text: `${corrected(searches, p, 0)} to ${corrected(searches, p, 1)}`,
          }),
          'C_movement + α·C_maintain, α from 0 to 1',
        ),
      ]),
    },
    expected: 'conditional',
    get why() {
      return `By the printed formula both fall (${fromTo(asPrinted)}); by the corrected one they rise (${fromTo(corrected)}).`
    },
    otherwise: {
      verdict: 'an error',
      because: 'false by the formula that is printed, true by the one that the sentence before it defines',
    },
  },
  {
    id: '003-17',
    where: 'Fig. 6',
    claim: 'TMSP gains over MIPv6 after two packets.',
    decide: { all: [figure('packets', 2, (searches) => breakEven(searches), 0)] },
    expected: 'holds',
    get why() {
      return `${line(costOf('tmsp'))} < ${line(costOf('mipv6'))} for n > ${breakEven(runs)}; with the ACK for n > ${breakEven(runs, ack(runs))}.`
    },
  },
  {
    id: '003-18',
    where: 'Fig. 6',
    claim: 'Against SIP-MIPv6 with TCP the gain rises, from 29.4 % to 50 %.',
    decide: {
      all: [
        figure('at no packet', 29.4, (searches) => saving(searches, 'sip-mipv6-tcp', 0), 1),
        figure('in the limit', 50, (searches) => saving(searches, 'sip-mipv6-tcp', 1e9), 0),
      ],
    },
    expected: 'holds',
    get why() {
      return saved('sip-mipv6-tcp')
    },
  },
  {
    id: '003-19',
    where: 'Fig. 6',
    claim: 'Against SIP-MIPv6 with UDP it falls to 0.',
    decide: {
      all: [
        statement(
          'it falls',
          (searches) => {
            const [first, last] = [0, 1000].map((n) => saving(searches, 'sip-mipv6-udp', n))
            return { so: last! < first! && last! < 0.5, text: `${first!.toFixed(1)} % to ${last!.toFixed(2)} %` }
          },
          '1 − C_TMSP(n) / C_SIP-MIPv6(n), n from 0',
        ),
      ],
    },
    expected: 'holds',
    get why() {
      return saved('sip-mipv6-udp')
    },
  },
  {
    id: '003-34',
    where: '§VII-A2',
    claim: 'SIP and Mobile IP together take more signalling: 24 against 14.',
    decide: {
      all: [
        statement(
          'hops of a movement',
          (searches) => {
            const [both, one] = [costs(searches, 'sip-mipv6-tcp').movement, costs(searches, 'tmsp').movement]
            return { so: both > one, text: `${both} against ${one}: ${(both / one).toFixed(2)} times` }
          },
          'eq. 3 against eq. 1',
        ),
      ],
    },
    expected: 'holds',
    get why() {
      return `It registers with two servers: ${(costs(runs, 'sip-mipv6-tcp').movement / costs(runs, 'tmsp').movement).toFixed(2)} times the cost.`
    },
  },
]
