import { isBuiltin } from 'node:module'
import { dirname, resolve } from 'node:path'
import type { BuildFailure, Metafile, Plugin } from 'esbuild'
import { errors } from '../errors.ts'
import { type Bundled, HANDED_OVER } from './bundled.ts'

/**
 * Makes one text of a file and of what it imports: TypeScript is stripped, and what neither the protocol nor its properties use is left out.
 * The file is read, not run.
 *
 * @throws InputError where it needs what the page does not have: Node's own modules, a package that is not installed
 */
export async function bundle(path: string): Promise<Bundled> {
  const file = resolve(path)
  // Only commands that write a page need it.
  const { build } = await import('esbuild')
  try {
    const { outputFiles, metafile } = await build({
      stdin: { contents: entryFor(file), resolveDir: dirname(file) },
      absWorkingDir: dirname(file),
      bundle: true,
      write: false,
      metafile: true,
      format: 'cjs',
      platform: 'browser',
      target: 'es2022',
      charset: 'utf8',
      // The same as when it is checked, whatever settings lie beside the file.
      tsconfigRaw: '{}',
      resolveExtensions: ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
      logLevel: 'silent',
      banner: { js: 'export default (require) => { const module = { exports: {} }' },
      footer: { js: 'return module.exports }' },
      plugins: [outside],
    })
    const missing = whatIsMissing(metafile)
    if (missing !== null) throw errors.notForThePage(path, missing.module, missing.importer)
    return { file: path, code: outputFiles[0]!.text }
  } catch (error) {
    if (!isBuildFailure(error)) throw error
    const [{ text, location } = { text: error.message, location: null }] = error.errors
    throw errors.cannotBundle(path, location === null ? text : `${location.file}:${location.line}: ${text}`)
  }
}

/** Asks for the two exports that count, so that what is there for others' sake goes. */
const entryFor = (file: string): string =>
  `import * as own from ${JSON.stringify(file)}\nexport default own.default\nexport const properties = own.properties\n`

/** What stays outside; an import of it that nothing uses goes. */
const outside: Plugin = {
  name: 'outside',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path }) =>
      isHandedOver(path) || isOurs(path) || isBuiltin(path) ? { path, external: true, sideEffects: false } : undefined,
    )
  },
}

const isHandedOver = (path: string): boolean => (HANDED_OVER as readonly string[]).includes(path)
const isOurs = (path: string): boolean => /^doublejump(\/|$)/.test(path)

/** The first module that is still asked for and cannot be handed over, and the file that asks. */
function whatIsMissing({ inputs, outputs }: Metafile): { module: string; importer: string } | null {
  const [output] = Object.values(outputs)
  const missing = output!.imports.find(({ path, external }) => external === true && !isHandedOver(path))
  if (missing === undefined) return null
  const importer = Object.keys(output!.inputs).find((name) =>
    inputs[name]?.imports.some(({ path, external }) => external === true && path === missing.path),
  )
  return { module: missing.path, importer: importer ?? '' }
}

const isBuildFailure = (error: unknown): error is BuildFailure =>
  error instanceof Error && Array.isArray((error as Partial<BuildFailure>).errors)
