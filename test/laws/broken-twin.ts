import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'esbuild'
import { expect } from 'vitest'
import { sample } from '../full.ts'

/** In a file of the checker, other lines than there are. */
export interface Fault {
  readonly file: string
  readonly changes: readonly (readonly [text: string, by: string])[]
}

const checker = resolve(import.meta.dirname, '../../checker')

/** A file with its fault. */
const broken = ({ file, changes }: Fault): string =>
  changes.reduce(
    (source, [text, by]) => {
      expect(source).toContain(text)
      return source.replaceAll(text, by)
    },
    readFileSync(resolve(checker, file), 'utf8'),
  )

/** The names of some faults: in full each of them is tried. What all of them change has to be there in any case. */
export function someOf(faults: Readonly<Record<string, Fault>>, every: number): readonly string[] {
  Object.values(faults).forEach(broken)
  return sample(Object.keys(faults), every)
}

/** What a file of the checker exports, with a fault in one of the files that it is made of. */
export async function brokenTwin<Exports>(entry: string, fault: Fault): Promise<Exports> {
  const { file } = fault
  const contents = broken(fault)
  const { outputFiles } = await build({
    entryPoints: [resolve(checker, entry)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    plugins: [
      {
        name: 'broken',
        setup: ({ onLoad }) =>
          onLoad({ filter: new RegExp(`checker/${file}$`) }, () => ({ contents, loader: 'ts', resolveDir: checker })),
      },
    ],
  })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]!.contents).toString('base64')}`)
}
