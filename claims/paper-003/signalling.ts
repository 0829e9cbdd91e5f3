import {
  asPrinted,
  corrected,
  DHCP,
  gain,
  HOPS,
  maintenance,
  maintenanceWithAck,
  movement,
  transmission,
} from '../calculations/tmsp-cost.ts'
import { type Claim, figure, statement } from '../claim.ts'

const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9

const breakEven = (withAck: boolean): number => {
  const extra = withAck ? maintenanceWithAck - maintenance.tmsp : 0
  let n = 0
  while (transmission.tmsp(n) + extra >= transmission.mipv6(n)) n += 1
  return n - 1
}

/** A cost of n packets, written out. */
const line = (cost: (n: number) => number): string => {
  const [first, each] = [cost(0), cost(1) - cost(0)]
  return each === 0 ? `${first}` : `${first} + ${each}n`
}

/** The share that TMSP saves of a cost. */
const saved = (cost: (n: number) => number): string =>
  `(${line((n) => cost(n) - transmission.tmsp(n))}) / (${line(cost)}).`

const fromTo = (cost: typeof asPrinted): string =>
  (['tmsp', 'sipMipv6'] as const).map((p) => `${cost(p, 0)} to ${cost(p, 1)}`).join(', ')

/** Paper 003, §IV-A, §IV-B and §VII-A2: what signalling costs in hops. */
export const signalling: readonly Claim[] = [
  {
    id: '003-12',
    where: 'eqs 1–3',
    claim: 'A movement costs 14, 14 and 24 hops.',
    decide: {
      all: [
        figure('TMSP', 14, () => movement.tmsp, 0),
        figure('MIPv6', 14, () => movement.mipv6, 0),
        figure('SIP-MIPv6', 24, () => movement.sipMipv6, 0),
      ],
    },
    expected: 'holds',
    why: `${HOPS} hops everywhere, ${DHCP} to the DHCP server.`,
  },
  {
    id: '003-13',
    where: 'eqs 4–6',
    claim: 'Telling a correspondent costs 10, 0 and 10 hops.',
    decide: {
      all: [
        figure('TMSP', 10, () => maintenance.tmsp, 0),
        figure('MIPv6', 0, () => maintenance.mipv6, 0),
        figure('SIP-MIPv6', 10, () => maintenance.sipMipv6, 0),
      ],
    },
    expected: 'holds',
    why: `As defined; with the ACK that an INVITE needs it is ${maintenanceWithAck}.`,
  },
  {
    id: '003-14',
    where: '§IV-A',
    claim: 'The average is (1−α)·C_movement + α·C_maintain.',
    decide: {
      all: [
        statement(
          'it agrees with C_signalling = C_movement + C_maintain of an active handoff',
          () => {
            const [printed, defined] = [asPrinted('tmsp', 1), movement.tmsp + maintenance.tmsp]
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
          () => {
            const [from, to] = [asPrinted('mipv6', 0), asPrinted('mipv6', 1)]
            return { so: near(from, to), text: `from ${from} to ${to}` }
          },
          '(1−α)·C_movement + α·C_maintain, α from 0 to 1',
        ),
        statement(
          'corrected',
          () => {
            const [from, to] = [corrected('mipv6', 0), corrected('mipv6', 1)]
            return { so: near(from, to) && to < corrected('tmsp', 1), text: `from ${from} to ${to}` }
          },
          'C_movement + α·C_maintain, α from 0 to 1',
        ),
      ],
    },
    expected: 'conditional',
    why: `The printed formula falls to ${asPrinted('mipv6', 1)}; the corrected one is ${corrected('mipv6', 1)} throughout.`,
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
      cases: (['tmsp', 'sipMipv6'] as const).flatMap((p) => [
        statement(
          `${p} as printed`,
          () => ({
            so: asPrinted(p, 1) > asPrinted(p, 0),
            text: `${asPrinted(p, 0)} to ${asPrinted(p, 1)}`,
          }),
          '(1−α)·C_movement + α·C_maintain, α from 0 to 1',
        ),
        statement(
          `${p} corrected`,
          () => ({
            so: corrected(p, 1) > corrected(p, 0),
            text: `${corrected(p, 0)} to ${corrected(p, 1)}`,
          }),
          'C_movement + α·C_maintain, α from 0 to 1',
        ),
      ]),
    },
    expected: 'conditional',
    why: `By the printed formula both fall (${fromTo(asPrinted)}); by the corrected one they rise (${fromTo(corrected)}).`,
    otherwise: {
      verdict: 'an error',
      because: 'false by the formula that is printed, true by the one that the sentence before it defines',
    },
  },
  {
    id: '003-17',
    where: 'Fig. 6',
    claim: 'TMSP gains over MIPv6 after two packets.',
    decide: { all: [figure('packets', 2, () => breakEven(false), 0)] },
    expected: 'holds',
    why: `${line(transmission.tmsp)} < ${line(transmission.mipv6)} for n > ${breakEven(false)}; with the ACK for n > ${breakEven(true)}.`,
  },
  {
    id: '003-18',
    where: 'Fig. 6',
    claim: 'Against SIP-MIPv6 with TCP the gain rises, from 29.4 % to 50 %.',
    decide: {
      all: [
        figure('at no packet', 29.4, () => gain(transmission.sipMipv6Tcp(0), transmission.tmsp(0)), 1),
        figure('in the limit', 50, () => gain(transmission.sipMipv6Tcp(1e9), transmission.tmsp(1e9)), 0),
      ],
    },
    expected: 'holds',
    why: saved(transmission.sipMipv6Tcp),
  },
  {
    id: '003-19',
    where: 'Fig. 6',
    claim: 'Against SIP-MIPv6 with UDP it falls to 0.',
    decide: {
      all: [
        statement(
          'it falls',
          () => {
            const [first, last] = [0, 1000].map((n) => gain(transmission.sipMipv6Udp(n), transmission.tmsp(n)))
            return { so: last! < first! && last! < 0.5, text: `${first!.toFixed(1)} % to ${last!.toFixed(2)} %` }
          },
          '1 − C_TMSP(n) / C_SIP-MIPv6(n), n from 0',
        ),
      ],
    },
    expected: 'holds',
    why: saved(transmission.sipMipv6Udp),
  },
  {
    id: '003-34',
    where: '§VII-A2',
    claim: 'SIP and Mobile IP together take more signalling: 24 against 14.',
    decide: {
      all: [
        statement(
          'hops of a movement',
          () => ({
            so: movement.sipMipv6 > movement.tmsp,
            text: `${movement.sipMipv6} against ${movement.tmsp}: ${(movement.sipMipv6 / movement.tmsp).toFixed(2)} times`,
          }),
          'eq. 3 against eq. 1',
        ),
      ],
    },
    expected: 'holds',
    why: `It registers with two servers: ${(movement.sipMipv6 / movement.tmsp).toFixed(2)} times the cost.`,
  },
]
