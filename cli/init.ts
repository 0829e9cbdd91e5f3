import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { protocols } from '../spec/protocols.ts'
import type { Register } from './command.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { folderFor, write } from './files.ts'

const root = new URL('../../', import.meta.url)
const templates = fileURLToPath(new URL('templates', root))
/** What the templates call the protocol, wherever they name it. */
const PLACEHOLDER = 'my-protocol'
/** A package leaves out files of this name, so that the template has another. */
const RENAMED: Readonly<Record<string, string>> = { gitignore: '.gitignore' }

interface Package {
  readonly version: string
  readonly engines: { readonly node: string }
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

export const init: Register = (program, end) => {
  program
    .command('init')
    .summary('a protocol of your own to begin with')
    .description(
      "Writes a folder with a protocol (two roles, unpatched and repaired), its test, a workflow and an editor's set-up. Nothing is overwritten.",
    )
    .argument('[folder]', 'a new one, named as the protocol will be', 'my-protocol')
    .addHelpText('after', '\nExample:\n  doublejump init my-protocol')
    .action((folder: string) => end(initCommand(folder)))
}

/** `doublejump init`: a folder with a protocol of one's own, its test, a workflow, and an editor's set-up. Nothing is overwritten. */
async function initCommand(given: string): Promise<number> {
  const folder = resolve(given)
  const own = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as Package
  const name = nameFor(folder, own)
  const files = filesOf(name, own)
  const inTheWay = Object.keys(files).filter((file) => existsSync(join(folder, file)))
  if (inTheWay.length > 0) throw errors.inTheWay(given, inTheWay)
  folderFor(given)
  for (const [file, text] of Object.entries(files)) {
    folderFor(join(folder, file, '..'))
    write(join(folder, file), text)
  }
  process.stdout.write(told(name, folder, Object.keys(files)))
  return EXIT.asExpected
}

/** A package and a protocol are named after their folder: what both may be called, and nobody else is. */
function nameFor(folder: string, { dependencies, devDependencies }: Package): string {
  const name = basename(folder)
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    const better = name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^[-0-9]+|-+$/g, '')
    throw errors.notAName(name, better === '' ? PLACEHOLDER : better)
  }
  if (protocols.some((protocol) => protocol.name === name)) throw errors.nameTaken(name, 'a protocol that ships')
  if (name === 'doublejump' || name in dependencies || name in devDependencies)
    throw errors.nameTaken(name, 'a package that it needs')
  return name
}

/** Every file that is written, by its path in the folder. */
function filesOf(name: string, own: Package): Record<string, string> {
  const copied = readdirSync(templates, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry): [string, string] => {
      const path = join(entry.parentPath, entry.name)
      const file = relative(templates, path)
      return [RENAMED[file] ?? file, readFileSync(path, 'utf8').replaceAll(PLACEHOLDER, name)]
    })
  const files = { ...Object.fromEntries(copied), 'package.json': packageOf(name, own) }
  return Object.fromEntries(Object.entries(files).sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** What is needed is pinned to what this program was tested with. */
function packageOf(name: string, { version, engines, dependencies, devDependencies }: Package): string {
  const content = {
    name,
    version: '0.1.0',
    private: true,
    type: 'module',
    engines,
    scripts: {
      check: 'doublejump check protocol.ts',
      test: 'vitest run',
      typecheck: 'tsc',
    },
    devDependencies: {
      doublejump: version,
      'ts-pattern': dependencies['ts-pattern'],
      typescript: devDependencies.typescript,
      vitest: devDependencies.vitest,
    },
  }
  return `${JSON.stringify(content, null, 2)}\n`
}

function told(name: string, folder: string, files: readonly string[]): string {
  const at = relative(process.cwd(), folder)
  return [
    `${name} is in ${folder}:`,
    ...files.map((file) => `  ${file}`),
    '',
    'Next:',
    ...(at === '' ? [] : [`  cd ${at}`]),
    '  npm install',
    '  npx doublejump check protocol.ts              fails: unpatched, a double jump breaks it',
    '  npx doublejump explain protocol.ts/unpatched --property binding-eventually-correct',
    '  npx doublejump check protocol.ts/repaired     passes',
    '  npm test',
    '',
  ].join('\n')
}
