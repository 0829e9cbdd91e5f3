import { dirname, extname, relative, resolve, sep } from 'node:path'
import { watch } from 'chokidar'

/** An editor writes a file in several goes, and a checkout many files: so long after the last one it is over. */
const QUIET_MS = 150

const CODE = new Set(['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json'])

const isIn = (folder: string, path: string): boolean => path === folder || path.startsWith(folder + sep)

/** What nobody writes by hand: packages, and folders that hide. */
const isOfTools = (path: string): boolean =>
  path.split(sep).some((part) => part === 'node_modules' || /^\.[^.]/.test(part))

/**
 * Does something now, and again whenever a file changes that lies in the folder of one of these files, or below it: what a file imports is there, as a
 * rule. Ends with Ctrl-C or SIGTERM, after what it was doing has ended.
 *
 * @param out a folder that it writes to itself
 * @param act told which files have changed; none at first
 */
export async function watchFiles(
  files: readonly string[],
  out: string | null,
  act: (changed: readonly string[]) => Promise<void>,
): Promise<void> {
  const folders = [...new Set(files.map((file) => dirname(resolve(file))))]
  const watcher = watch(folders, {
    ignoreInitial: true,
    ignored: (path, stats) => {
      if (out !== null && isIn(out, path)) return true
      if (stats?.isFile() === true && !CODE.has(extname(path))) return true
      // The folder itself may be anywhere, also in a folder that hides.
      return isOfTools(relative(folders.find((folder) => isIn(folder, path)) ?? path, path))
    },
  })
  const changed = new Set<string>()
  let wake: () => void = () => {}
  let timer: NodeJS.Timeout | undefined
  let ended = false
  const end = (): void => {
    ended = true
    wake()
  }
  process.on('SIGINT', end).on('SIGTERM', end)
  watcher.on('all', (_, path) => {
    changed.add(relative(process.cwd(), path))
    clearTimeout(timer)
    timer = setTimeout(() => wake(), QUIET_MS)
  })
  try {
    await new Promise<void>((ready) => watcher.once('ready', ready))
    while (!ended) {
      const now = [...changed].sort()
      changed.clear()
      await act(now)
      if (!ended && changed.size === 0) await new Promise<void>((awake) => (wake = awake))
      else if (!ended) await new Promise((later) => setTimeout(later, QUIET_MS))
    }
  } finally {
    clearTimeout(timer)
    process.off('SIGINT', end).off('SIGTERM', end)
    await watcher.close()
  }
}
