import type { DjVariant } from './dj.ts'

/** DJ(K,R) in Murphi, for Rumur. Written by us, action by action as `dj.ts` and `promela.ts`. */
export function murphi(variant: DjVariant, K: number, R: number): string {
  const send = (bag: string): string => `if ${bag} < 2 then ${bag} := ${bag} + 1; end;`
  const update = send('bu[1 - h][peer[h]][addr[h]]')
  return [
    `type place: 0..${K}; host: 0..1; copies: 0..2;`,
    `var addr, peer, out, reg: array [host] of place; tries: array [host] of 0..${Math.max(R, 1)};`,
    'bu, ak: array [host] of array [place] of array [place] of copies; rg: array [host] of array [place] of copies;',
    'startstate begin clear addr; clear peer; clear out; clear reg; clear tries; clear bu; clear ak; clear rg; end;',
    'ruleset h: host do',
    `  rule "move" addr[h] < ${K} ==> begin addr[h] := addr[h] + 1; out[h] := addr[h]; tries[h] := ${R}; ${update} ${send('rg[h][addr[h]]')} end;`,
    `  rule "retransmit" out[h] != 0 & tries[h] > 0 ==> begin tries[h] := tries[h] - 1; ${update} end;`,
    ...(variant === 'fixed'
      ? [
          '  rule "lookup" out[h] != 0 & tries[h] = 0 & reg[1 - h] > peer[h] ==> begin peer[h] := reg[1 - h]; tries[h] := 1; end;',
        ]
      : []),
    '  ruleset c: place do',
    '    rule "REG" rg[h][c] > 0 ==> begin rg[h][c] := rg[h][c] - 1; if reg[h] < c then reg[h] := c; end; end;',
    '    ruleset d: place do',
    `      rule "BU" bu[h][d][c] > 0 ==> begin bu[h][d][c] := bu[h][d][c] - 1; if addr[h] = d then if peer[h] < c then peer[h] := c; end; ${send('ak[1 - h][c][c]')} end; end;`,
    '      rule "ACK" ak[h][d][c] > 0 ==> begin ak[h][d][c] := ak[h][d][c] - 1; if addr[h] = d & out[h] = c then out[h] := 0; tries[h] := 0; end; end;',
    '    end;',
    '  end;',
    'end;',
    '',
  ].join('\n')
}
