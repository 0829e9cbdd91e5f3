import type { Cell } from '../analysis/survival.ts'

/** What signs and columns mean, a sentence each: beside a table, and as the title of each sign in it. */
export interface Meaning {
  readonly sign: string
  readonly means: string
}

/** A sign that is drawn in one of these ways says this besides. */
export const PALE: Meaning = { sign: 'pale', means: 'The variant expects this; nothing was searched yet.' }
export const BOXED: Meaning = { sign: 'boxed', means: 'The variant expects something else.' }

/** By the kind of a verdict. */
export const VERDICTS: Readonly<Record<string, Meaning>> = {
  holds: { sign: '✓', means: 'What the column claims is true.' },
  violated: { sign: '✗', means: 'It is false; where one run shows that, the sign leads to it.' },
  vacuous: { sign: '∅', means: 'It is true only because nothing of what it speaks of ever happens.' },
  incomplete: { sign: '?', means: 'The search was broken off, and nobody knows.' },
  failed: { sign: '!', means: 'The protocol itself threw an error, so that nobody knows.' },
}

/** By what a cell of the table of what survives says. */
export const SURVIVAL: Readonly<Record<Cell['says'], Meaning>> = {
  yes: { sign: '✓', means: 'Data flow both ways again, for good, and no end closes the session.' },
  'data only': { sign: 'data only', means: 'Data flow again, but some end is wrong about the other for ever.' },
  no: { sign: '✗', means: 'Data do not flow again, or an end closes the session.' },
  'not asked': { sign: '·', means: 'This was not asked.' },
  'not known': { sign: '?', means: 'A search was broken off or failed, and nobody knows.' },
}

/** Whether anybody else gets the data: the signs of the attacker's column. */
export const ATTACK: Readonly<Partial<Record<Cell['says'], string>>> = {
  yes: 'No attacker and no stranger ever gets data of the session.',
  no: 'An attacker or a stranger gets data of the session.',
}

/** The signs at a glance; the columns, whose names say something already, on request. */
export function Legend({ signs, heads }: { signs: readonly Meaning[]; heads: readonly Meaning[] }) {
  return (
    <div class="legend">
      <Meanings of={signs} />
      {heads.length > 0 && (
        <details>
          <summary>What the columns mean</summary>
          <Meanings of={heads} />
        </details>
      )}
    </div>
  )
}

const Meanings = ({ of }: { of: readonly Meaning[] }) => (
  <dl>
    {of.map(({ sign, means }) => (
      <div key={sign}>
        <dt>{sign}</dt> <dd>{means}</dd>
      </div>
    ))}
  </dl>
)
