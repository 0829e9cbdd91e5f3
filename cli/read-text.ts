import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { errors } from './errors.ts'

/**
 * The text of a file, or, without one, of standard input.
 *
 * @throws InputError where it cannot be read
 */
export async function readText(option: string, path: string | null): Promise<string> {
  if (path === null) return text(process.stdin)
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw errors.notReadable(option, path, whyNot(error))
  }
}

function whyNot(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'there is no such file'
  return code === 'EISDIR' ? 'it is a folder' : message
}
