import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, resolve } from 'node:path'
import type { Metafile } from 'esbuild'
import { HANDED_OVER } from '../load/bundled.ts'
import { digestOf } from './digest.ts'

/**
 * Of a file of the user's own and all that it imports, but for this program. Null where that does not say all: it does not load, or asks Node's own
 * modules for something (what it reads there may be another thing the next time).
 */
export async function digestOfFile(path: string): Promise<string | null> {
  const file = resolve(path)
  const { build } = await import('esbuild')
  try {
    const { metafile } = await build({
      entryPoints: [file],
      absWorkingDir: dirname(file),
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'esm',
      external: [...HANDED_OVER, 'doublejump/*'],
      tsconfigRaw: '{}',
      logLevel: 'silent',
    })
    if (asksNode(metafile)) return null
    const inputs = Object.keys(metafile.inputs).sort()
    const texts = inputs.map((input) => readFileSync(resolve(dirname(file), input), 'utf8'))
    return texts.some((text) => ASKS.test(text)) ? null : digestOf(inputs.flatMap((input, i) => [input, texts[i]!]))
  } catch {
    return null
  }
}

/** What looks as if it asked where it runs: more than that does no harm, less would. */
const ASKS = /\b(process|globalThis|fetch|require|eval|Function)\b/

const asksNode = ({ inputs }: Metafile): boolean =>
  Object.values(inputs).some(({ imports }) => imports.some(({ path }) => isBuiltin(path)))
