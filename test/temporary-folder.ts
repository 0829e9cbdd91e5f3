import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** All that tests write for a while goes to one folder, which is gone when they are over. */
export default function temporaryFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'doublejump-tests-'))
  // Some servers run as another user.
  chmodSync(folder, 0o755)
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}
