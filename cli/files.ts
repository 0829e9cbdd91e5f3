import { accessSync, constants, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { makeFolder } from '../checker/layers/disk/files.ts'
import { errors } from './errors.ts'

/**
 * Makes the folder of `--out`, and writes to it once: whoever waits for a search wants to know before it, not after it, that nothing can be
 * kept there.
 *
 * @throws InputError where it is a file, or cannot be written to
 */
export function folderFor(path: string): string {
  const folder = resolve(path)
  attempt(path, () => {
    makeFolder(folder)
    const probe = resolve(folder, `.doublejump-${process.pid}`)
    writeFileSync(probe, '')
    rmSync(probe)
  })
  return folder
}

/**
 * Looks whether a file could be written, before what it holds is searched for.
 *
 * @throws InputError where it could not
 */
export function fileFor(path: string): string {
  const file = resolve(path)
  attempt(path, () => {
    accessSync(dirname(file), constants.W_OK)
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true)
      throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' })
  })
  return file
}

/** @throws InputError where it cannot be written */
export function write(path: string, content: string | Uint8Array): void {
  attempt(path, () => writeFileSync(path, content))
}

function attempt(path: string, act: () => void): void {
  try {
    act()
  } catch (error) {
    throw errors.cannotWrite(path, error as NodeJS.ErrnoException)
  }
}

/** A name as part of a file's name: nothing in it can lead to another folder. */
export const fileName = (...names: readonly string[]): string =>
  names.map((name) => name.replaceAll(/[^\p{L}\p{N}_.-]+/gu, '_').replace(/^\.+/, '_')).join('.')
