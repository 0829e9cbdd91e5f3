import type { Scenario } from '../../spec/internet/scenario.ts'
import { type Axis, fieldAxis, type Ground } from './axis.ts'

/** What the network does to packets. */
export function networkAxes({ scenario }: Ground): Axis[] {
  return [
    fieldAxis(scenario, 'links', [
      ['bag', 'packets overtake each other', 'reordering'],
      ['fifo', 'packets keep their order, per source and destination', 'order'],
    ]),
    fieldAxis(scenario, 'losses', counted(scenario.losses, losses(scenario))),
    fieldAxis(scenario, 'duplicates', counted(scenario.duplicates, duplicates)),
    fieldAxis(scenario, 'copies', counted(scenario.copies, copies)),
  ]
}

/** The values of a field that counts, with the one that the scenario has. */
const counted = <V extends Scenario['losses']>(
  at: V,
  values: { readonly known: readonly V[]; tell(value: V): readonly [string, string] },
): (readonly [V, string, string])[] =>
  [...new Set([...values.known, at])]
    .sort((one, other) => (one === 'fair' ? -1 : other === 'fair' ? 1 : Number(other) - Number(one)))
    .map((value) => [value, ...values.tell(value)] as const)

const losses = ({ losable }: Scenario) => ({
  known: ['fair', 2, 1, 0] as readonly Scenario['losses'][],
  tell: (n: Scenario['losses']): [string, string] => {
    const of = losable === undefined ? '' : ` of ${losable.join(', ')}`
    if (n === 'fair') {
      return [`packets are lost, but not for ever all of a kind and place (fair loss${of})`, `fair loss${of}`]
    }
    if (n === 0) return ['no packet is lost but at dead addresses', 'no loss']
    return [`losses${of} ≤ ${n}`, n === 1 ? `≤ 1 loss${of}` : `≤ ${n} losses${of}`]
  },
})

const duplicates = {
  known: [1, 0] as readonly number[],
  tell: (n: number): [string, string] =>
    n === 0 ? ['no packet is delivered twice', 'no duplicates'] : [`duplicates ≤ ${n}`, `≤ ${n} duplicates`],
}

const copies = {
  known: [2, 1] as readonly number[],
  tell: (n: number): [string, string] => [
    `identical packets in flight ≤ ${n}`,
    n === 1 ? 'identical packets merge' : `≤ ${n} identical packets`,
  ],
}
