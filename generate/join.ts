import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, posix, relative, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { readModules } from '../analysis/kept/program.ts'
import { joinedName } from '../analysis/load/joined.ts'

/**
 * A part of `npm run build`: the program once more, in few files (`dist/joined/`), which are there sooner. It is what `bin` runs, and what a user's file imports then; whoever
 * imports the package has the modules themselves (docs/decisions/0020-the-program-in-few-files.md).
 */
const root = resolve(import.meta.dirname, '../..')
const dist = join(root, 'dist')
const joined = join(dist, 'joined')
/** The last ones stay until there are others. */
const fresh = join(dist, 'joined.new')

/** What the program, or a test of it, and threads are begun with, what threads are told to run, and what a user's file may import: each is known by where it lies. */
const entries = new Set([
  'cli/main.js',
  ...['cli/program.js', 'cli/end.js', 'cli/threads.js'],
  'analysis/threads/worker.js',
  'analysis/threads/helper.js',
  ...tasks(),
  ...exported(),
])

/** What declares tasks for the program, and is not what is left of a source that is gone. */
function tasks(): string[] {
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter(
      (path) =>
        path.endsWith('.js') && !path.startsWith('generate/') && existsSync(join(root, path.replace(/\.js$/, '.ts'))),
    )
    .filter((path) => /\btaskOf\(\s*import\.meta\.url,/.test(readFileSync(join(dist, path), 'utf8')))
}

function exported(): string[] {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly exports: Readonly<Record<string, string | { readonly default: string }>>
  }
  return Object.values(exports)
    .map((target) => (typeof target === 'string' ? target : target.default))
    .filter((target) => target.endsWith('.js'))
    .map((target) => target.replace('./dist/', ''))
}

/** Where a module lies it says by its URL, in single quotes where it names another one. */
const NOT_KNOWN = /import\.meta\.(?!url\b|resolve\b)|new URL\("[^"]*", import\.meta/

/** A module goes on knowing where it lies, and where the modules are that it begins threads with: an entry here, any other one where it was. */
const whereModulesLie: Plugin = {
  name: 'where modules lie',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.js$/ }, ({ path }) => {
      const own = relative(dist, path).replaceAll('\\', '/')
      if (own.startsWith('..')) return undefined
      const source = readFileSync(path, 'utf8')
      if (NOT_KNOWN.test(source)) throw new Error(`${own} asks where it lies in a way that is not looked for here`)
      const at = (target: string): string => (entries.has(target) ? `./${joinedName(target)}` : `../${target}`)
      const contents = source.replaceAll(
        /new URL\('([^']+)', import\.meta\.url\)|import\.meta\.url/g,
        (_, target: string | undefined) =>
          target === undefined
            ? `new URL('${at(own)}', import.meta.url).href`
            : `new URL('${at(posix.join(posix.dirname(own), target))}', import.meta.url)`,
      )
      return { contents, loader: 'js' }
    }),
}

rmSync(fresh, { recursive: true, force: true })
await build({
  entryPoints: Object.fromEntries(
    [...entries].map((path) => [joinedName(path).slice(0, -'.js'.length), join(dist, path)]),
  ),
  outdir: fresh,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  chunkNames: '[hash]',
  define: { JOINED: 'true' },
  plugins: [whereModulesLie],
})
// What answers follow from, of these modules and no others (analysis/kept/program.ts).
writeFileSync(join(fresh, 'program.json'), JSON.stringify([...readModules().modules]))
rmSync(joined, { recursive: true, force: true })
renameSync(fresh, joined)
