import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isJoined } from '../load/joined.ts'
import { digestOf } from './digest.ts'

/** Rooms of this program that only show what was found, and what is made of all of them. */
const ONLY_SHOW = ['joined', 'joined.new', 'bench', 'cli', 'generate', 'lab', 'page', 'testing']

/** What looks like a relative import: more than that does no harm, less would. */
const IMPORTS = /['"](\.\.?\/[^'"\n]+\.js)['"]/g

/** A file of the built program: the digest of its text, and the paths of what it imports. */
export interface Module {
  readonly digest: string
  readonly imports: readonly string[]
}

/** The built program: its modules, and its package.json, by their paths from the root, with slashes. */
export interface Program {
  readonly modules: ReadonlyMap<string, Module>
  /** The folders of spec/ that hold protocols. */
  readonly folders: readonly string[]
}

/** The program that runs: where its modules are joined, what it was made of, whatever lies beside it by now. */
export const readProgram = (): Program =>
  isJoined
    ? programOf(new Map(JSON.parse(readFileSync(new URL('../../joined/program.json', import.meta.url), 'utf8'))))
    : readModules()

/** Reads the modules that were built. */
export function readModules(): Program {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  // It pins the packages that the modules import.
  const modules = new Map([
    ['package.json', moduleOf('package.json', readFileSync(join(root, '../package.json'), 'utf8'))],
  ])
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')
    if (!entry.isFile() || !path.endsWith('.js') || ONLY_SHOW.includes(path.split('/')[0]!)) continue
    modules.set(path, moduleOf(path, readFileSync(join(root, path), 'utf8')))
  }
  return programOf(modules)
}

export function programOf(modules: Program['modules']): Program {
  const folders = [...modules.keys()].flatMap((path) => /^spec\/([^/]+)\/index\.js$/.exec(path)?.[1] ?? [])
  return { modules, folders: folders.sort() }
}

export const moduleOf = (path: string, text: string): Module => ({
  digest: digestOf([text]),
  imports: [...text.matchAll(IMPORTS)].map(([, target]) => posix.join(posix.dirname(path), target!)),
})

/** Of all that is no protocol: what a search is made with, and the Node that runs it. */
export const digestOfEngine = ({ modules, folders }: Program): string =>
  digestOf([process.version, ...texts(modules, (path) => folderIn(path, folders) === null)])

/** Of the protocols' modules that the answer about one follows from; of all of them where none is of that name. */
export function digestOfProtocol(program: Program, protocol: string): string {
  const { modules, folders } = program
  const folder = folderOf(protocol, folders)
  const wanted = folder === null ? folders : withWhatItImports(program, folder)
  return digestOf(texts(modules, (path) => wanted.includes(folderIn(path, folders) ?? '')))
}

/** `sip-paper` and `sip` lie in `sip`, `sip-setup` in a folder of its own. */
export const folderOf = (protocol: string, folders: readonly string[]): string | null =>
  folders.filter((folder) => protocol === folder || protocol.startsWith(`${folder}-`)).sort(byLength)[0] ?? null

const byLength = (one: string, other: string): number => other.length - one.length

function withWhatItImports({ modules, folders }: Program, folder: string): readonly string[] {
  const found = new Set([folder])
  for (const each of found)
    for (const [path, { imports }] of modules) {
      if (folderIn(path, folders) !== each) continue
      for (const target of imports) {
        const other = folderIn(target, folders)
        if (other !== null) found.add(other)
      }
    }
  return [...found]
}

function folderIn(path: string, folders: readonly string[]): string | null {
  const [room, folder] = path.split('/')
  return room === 'spec' && folders.includes(folder!) ? folder! : null
}

/** Paths and digests of texts, in the order of the paths. */
const texts = (modules: Program['modules'], wanted: (path: string) => boolean): string[] =>
  [...modules]
    .filter(([path]) => wanted(path))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([path, { digest }]) => [path, digest])
