import { readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'

const DAYS = 30
const ENGINE = /^[0-9a-f]{16}$/

/** Takes away what engines kept that nobody has used for a month, and says that this one is in use. */
export async function forgetOld(folder: string, inUse: string, now = new Date()): Promise<void> {
  try {
    await utimes(join(folder, inUse), now, now)
    for (const name of await readdir(folder)) {
      if (!ENGINE.test(name) || name === inUse) continue
      const { mtime } = await stat(join(folder, name))
      if (now.getTime() - mtime.getTime() > DAYS * 86_400_000) await rm(join(folder, name), { recursive: true })
    }
  } catch {
    // Another process may be at it, and what stays does no harm.
  }
}
