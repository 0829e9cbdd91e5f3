import { relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { errors } from '../errors.ts'
import { nearest } from '../nearest.ts'

type Alias = Readonly<Record<string, string>>

/** Why a file does not load, with what is known of the mistake. */
export async function troubleWith(path: string, error: unknown, alias: Alias): Promise<Error> {
  // Which modules of ours asked for it helps nobody.
  const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\nRequire stack:')
  const entry = noSuchEntry(why, alias)
  if (entry !== null) return errors.noEntry(path, entry, Object.keys(alias))
  const at = error instanceof Error ? placeIn(error.stack ?? '', path) : null
  const missing = await missingName(why, alias)
  if (missing !== null) return errors.noExport(at ?? path, missing.name, missing.entry, missing.nearest)
  // A mistake in the text itself says where it is.
  return errors.cannotLoad(path, at === null || /:\d+:\d+/.test(why) ? why : `${why} (${at})`)
}

/** An import of an entry that this program does not have is looked for below the one that it has: that is told by the name that was imported. */
function noSuchEntry(why: string, alias: Alias): string | null {
  const [, rest] = why.split(`'${alias.doublejump}/`)
  return rest === undefined ? null : `doublejump/${rest.split("'")[0]}`
}

/** Where this program's modules lie. */
const ours = fileURLToPath(new URL('../../', import.meta.url))

/** The file, line and column of the user's that was at work last; null where none was. */
function placeIn(stack: string, path: string): string | null {
  for (const [, file, place] of stack.matchAll(/(?:\(|at )(?:file:\/\/)?(\/[^():]+):(\d+:\d+)/g)) {
    if (file!.includes('/node_modules/') || file!.startsWith(ours)) continue
    return `${resolve(path) === file ? path : relative(process.cwd(), file!)}:${place}`
  }
  return null
}

/** A name that is taken from one of our entries and that it has not: loaded as a module of the older kind, it is only missed where it is called. */
async function missingName(why: string, alias: Alias) {
  const [, from, name] = /\(0 , _([A-Za-z]+)\d*\.(\w+)\) is not a function/.exec(why) ?? []
  const entry = Object.keys(alias).find((one) => one.split('/').at(-1)!.replaceAll(/\W/g, '') === from)
  if (entry === undefined || name === undefined) return null
  const names = Object.keys(await import(pathToFileURL(alias[entry]!).href))
  return names.includes(name) ? null : { entry, name, nearest: nearest(name, names) }
}
