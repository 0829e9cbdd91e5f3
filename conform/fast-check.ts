import { createRequire } from 'node:module'
import type fc from 'fast-check'

const require = createRequire(import.meta.url)
let loaded: typeof fc | null = null

/**
 * fast-check, once it is needed: everything else of this room does without it. Its arbitraries and a user's own work together, whichever of
 * its builds each of them loads.
 *
 * @throws Error saying how to install it, where it is not there
 */
export function fastCheck(): typeof fc {
  try {
    loaded ??= require('fast-check') as typeof fc
    return loaded
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    throw new Error(
      "commandsOf and asyncCommandsOf make runs for fast-check, which is not installed where doublejump is. 'npm install --save-dev fast-check' gets it; suiteFor and toConformTo do without.",
    )
  }
}
