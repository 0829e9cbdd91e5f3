import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'esbuild'
import { expect } from 'vitest'

/** In a file of the checker, other lines than there are. */
export interface Fault {
  readonly file: string
  readonly changes: readonly (readonly [text: string, by: string])[]
}

const checker = resolve(import.meta.dirname, '../../checker')

/** What a file of the checker exports, with a fault in one of the files that it is made of. */
export async function brokenTwin<Exports>(entry: string, { file, changes }: Fault): Promise<Exports> {
  const contents = changes.reduce(
    (source, [text, by]) => {
      expect(source).toContain(text)
      return source.replaceAll(text, by)
    },
    readFileSync(resolve(checker, file), 'utf8'),
  )
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
