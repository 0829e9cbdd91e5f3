import type { DjVariant } from './dj.ts'

/**
 * DJ(K,R) in Promela, for SPIN: one process that does one atomic action after another, so that its states and steps are those
 * of the model. Written by us, action by action as `dj.ts`.
 */
export function promela(variant: DjVariant, K: number, R: number): string {
  const N = K + 1
  const hosts = [0, 1]
  const places = Array.from({ length: N }, (_, i) => i)
  const at = (t: number, d: string | number, c: string | number): string => `[${t * N * N} + (${d}) * ${N} + (${c})]`
  const send = (bag: string, index: string): string => `if :: ${bag}${index} < 2 -> ${bag}${index}++ :: else fi;`
  const actions = hosts.flatMap((h) => {
    const o = 1 - h
    const sendUpdate = send('bu', at(o, `peer[${h}]`, `addr[${h}]`))
    return [
      `addr[${h}] < ${K} -> addr[${h}]++; out[${h}] = addr[${h}]; tries[${h}] = ${R}; ${sendUpdate} ${send('rg', `[${h * N} + addr[${h}]]`)}`,
      `out[${h}] != 0 && tries[${h}] > 0 -> tries[${h}]--; ${sendUpdate}`,
      ...(variant === 'fixed'
        ? [`out[${h}] != 0 && tries[${h}] == 0 && reg[${o}] > peer[${h}] -> peer[${h}] = reg[${o}]; tries[${h}] = 1;`]
        : []),
      ...places.flatMap((c) => [
        `rg[${h * N + c}] > 0 -> rg[${h * N + c}]--; if :: reg[${h}] < ${c} -> reg[${h}] = ${c} :: else fi;`,
        ...places.flatMap((d) => [
          `bu${at(h, d, c)} > 0 -> bu${at(h, d, c)}--; if :: addr[${h}] == ${d} -> if :: peer[${h}] < ${c} -> peer[${h}] = ${c} :: else fi; ${send('ak', at(o, c, c))} :: else fi;`,
          `ak${at(h, d, c)} > 0 -> ak${at(h, d, c)}--; if :: addr[${h}] == ${d} && out[${h}] == ${c} -> out[${h}] = 0; tries[${h}] = 0 :: else fi;`,
        ]),
      ]),
    ]
  })
  return [
    'byte addr[2], peer[2], out[2], reg[2], tries[2];',
    `byte bu[${2 * N * N}], ak[${2 * N * N}], rg[${2 * N}];`,
    'active proctype dj() {',
    'end: do',
    ...actions.map((action) => `  :: d_step { ${action} }`),
    '  od',
    '}',
    '',
  ].join('\n')
}
