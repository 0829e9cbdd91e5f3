import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** Names of folders that are not there yet; in memory where there is such a place, since a disk takes its time to be sure of a file. */
export function scratch(): () => string {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'doublejump-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  let names = 0
  return () => join(folder, String(names++))
}
