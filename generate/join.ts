import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, posix, relative, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { joinedName } from '../analysis/load/joined.ts'

/**
 * A part of `npm run build`: the program once more, in few files (`dist/joined/`), which load in a third of the time. It is what `bin` runs, and what a user's file imports then; whoever
 * imports the package has the modules themselves (docs/decisions/0020-the-program-in-few-files.md).
 */
const root = resolve(import.meta.dirname, '../..')
const dist = join(root, 'dist')
const joined = join(dist, 'joined')

/** What the program, or a test of it, and threads are begun with, what threads are told to run, and what a user's file may import: each is known by where it lies. */
const entries = new Set([
  'cli/main.js',
  ...['cli/program.js', 'cli/end.js', 'cli/threads.js'],
  'analysis/threads/worker.js',
  'analysis/threads/helper.js',
  ...tasks(),
  ...exported(),
])

function tasks(): string[] {
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\btask\.js$|\/tasks\/|-task\.js$/.test(path) && path.endsWith('.js'))
    .filter((path) => readFileSync(join(dist, path), 'utf8').includes('taskOf(import.meta.url'))
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

/** A module goes on knowing where it lies, and where the modules are that it begins threads with: an entry here, any other one where it was. */
const whereModulesLie: Plugin = {
  name: 'where modules lie',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.js$/ }, ({ path }) => {
      const own = relative(dist, path).replaceAll('\\', '/')
      if (own.startsWith('..')) return undefined
      const at = (target: string): string => (entries.has(target) ? `./${joinedName(target)}` : `../${target}`)
      const contents = readFileSync(path, 'utf8').replaceAll(
        /new URL\('([^']+)', import\.meta\.url\)|import\.meta\.url/g,
        (_, target: string | undefined) =>
          target === undefined
            ? `new URL('${at(own)}', import.meta.url).href`
            : `new URL('${at(posix.join(posix.dirname(own), target))}', import.meta.url)`,
      )
      return { contents, loader: 'js' }
    }),
}

rmSync(joined, { recursive: true, force: true })
await build({
  entryPoints: Object.fromEntries(
    [...entries].map((path) => [joinedName(path).slice(0, -'.js'.length), join(dist, path)]),
  ),
  outdir: joined,
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
