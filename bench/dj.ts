import type { Model, Outcome, Rule, Value } from '../checker/model.ts'

/**
 * DJ(K,R), the yardstick: two mobile hosts that talk to each other, and a registrar each. Host 0 and 1 move up to K times,
 * retransmit up to R times a move, and tell the other's last known address where they are. `fixed` adds the lookup.
 *
 * A host's cell holds its state and the binding updates and acknowledgements on their way to it; a registrar's cell holds the
 * registration and the registrations on their way. In flight are at most two copies of a message; one more is dropped.
 */
export type DjVariant = 'direct' | 'fixed'

/** What a host's cell holds. */
export interface Host {
  readonly addr: number
  readonly peer: number
  readonly out: number
  readonly tries: number
  /** Copies in flight of each message: 'BU d c' or 'ACK d c' (to address d, care-of address c). */
  readonly inbox: Readonly<Record<string, number>>
}

interface Registrar {
  readonly reg: number
  readonly inbox: Readonly<Record<string, number>>
}

export function dj(variant: DjVariant, K: number, R: number): Model {
  const host: Host = { addr: 0, peer: 0, out: 0, tries: 0, inbox: {} }
  const registrar: Registrar = { reg: 0, inbox: {} }
  return {
    cells: ['host 0', 'host 1', 'registrar 0', 'registrar 1'],
    initial: [[host, host, registrar, registrar] as unknown as Value[]],
    rules: [0, 1].flatMap((h) => rulesOf(variant, h, K, R)),
    absorb: (_, value, parcel) => {
      const cell = value as unknown as Host | Registrar
      const copies = cell.inbox[parcel as string] ?? 0
      return (copies === 2 ? cell : { ...cell, inbox: { ...cell.inbox, [parcel as string]: copies + 1 } }) as never
    },
  }
}

function rulesOf(variant: DjVariant, h: number, K: number, R: number): Rule[] {
  const other = 1 - h
  const registrarCell = 2 + h
  const set = (value: Host | Registrar): readonly [number, Value] => [
    'reg' in value ? registrarCell : h,
    value as unknown as Value,
  ]
  const update = (host: Host, coa = host.addr): readonly [number, Value] => [other, `BU ${host.peer} ${coa}`]
  const hostRule = (name: string, fire: (host: Host) => Outcome[]): Rule => ({
    name: `${name}(${h})`,
    reads: [h],
    fire: (look) => fire(look(h) as unknown as Host),
  })
  const rules = [
    hostRule('Move', (host) => {
      if (host.addr === K) return []
      const addr = host.addr + 1
      const moved = { ...host, addr, out: addr, tries: R }
      return [outcome('Move', [set(moved)], [update(moved), [registrarCell, `REG ${addr}`]])]
    }),
    hostRule('Deliver', (host) =>
      Object.keys(host.inbox).map((message) => {
        const [kind, d, c] = message.split(' ') as [string, string, string]
        const taken: Host = { ...host, inbox: without(host.inbox, message) }
        const here = Number(d) === host.addr
        if (kind === 'BU') {
          if (!here) return outcome('lost BU', [set(taken)], [])
          const peer = Math.max(host.peer, Number(c))
          return outcome('BU', [set({ ...taken, peer })], [[other, `ACK ${c} ${c}`]])
        }
        const done = here && host.out === Number(c)
        return outcome('ACK', [set(done ? { ...taken, out: 0, tries: 0 } : taken)], [])
      }),
    ),
    hostRule('Retransmit', (host) =>
      host.out === 0 || host.tries === 0
        ? []
        : [outcome('Retransmit', [set({ ...host, tries: host.tries - 1 })], [update(host)])],
    ),
    {
      name: `DeliverREG(${h})`,
      reads: [registrarCell],
      fire: (look) => {
        const cell = look(registrarCell) as unknown as Registrar
        return Object.keys(cell.inbox).map((message) =>
          outcome(
            'REG',
            [set({ reg: Math.max(cell.reg, Number(message.split(' ')[1])), inbox: without(cell.inbox, message) })],
            [],
          ),
        )
      },
    } satisfies Rule,
  ]
  if (variant === 'direct') return rules
  const lookup: Rule = {
    name: `Lookup(${h})`,
    reads: [h, 2 + other],
    fire: (look) => {
      const host = look(h) as unknown as Host
      if (host.out === 0 || host.tries > 0) return []
      const { reg } = look(2 + other) as unknown as Registrar
      return reg > host.peer ? [outcome('Lookup', [set({ ...host, peer: reg, tries: 1 })], [])] : []
    },
  }
  return [...rules, lookup]
}

function outcome(text: string, sets: Outcome['sets'], sends: Outcome['sends']): Outcome {
  return { label: { text, kind: 'step' }, sets, sends }
}

function without(inbox: Readonly<Record<string, number>>, message: string): Record<string, number> {
  const { [message]: copies = 0, ...rest } = inbox
  return copies > 1 ? { ...rest, [message]: copies - 1 } : rest
}
