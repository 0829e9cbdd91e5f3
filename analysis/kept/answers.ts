import { basename, dirname, join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { makeFolder } from '../../checker/layers/disk/files.ts'
import { fileOf } from '../load/resolve.ts'
import type { Task } from '../threads/task.ts'
import { digestOf } from './digest.ts'
import { forgetOld } from './old.ts'
import type { Sources } from './sources.ts'

/** What an answer is kept under, and what has to be asked again to have it: an entry that says another thing is not the answer. */
export interface Key {
  readonly id: string
  readonly asked: string
}

/** What cacache says of a content that is not what its digest or its length says. */
const isDamage = (error: unknown): boolean =>
  ['EINTEGRITY', 'EBADSIZE'].includes(String((error as { code?: unknown }).code))

/** Loaded where answers are kept: to load it takes longer than many a search. */
const files = async () => (await import('cacache')).default

/**
 * Answers of tasks, kept in a folder from one run of the program to the next. Each lies under a digest of the task, what it was given, the program and
 * the sources that it is about, so that nothing has to be thrown away when something changes. Several processes may use a folder at the same time.
 */
export class Answers {
  readonly #folder: string
  #tidied = false
  readonly #sources: Sources

  constructor(folder: string, sources: Sources) {
    // A folder an engine: what an older program has left can be told, and taken away.
    this.#folder = join(folder, sources.engine.slice(0, 16))
    this.#sources = sources
  }

  /** Null where the answer is not one to keep. */
  async keyOf<Given, Found>(task: Task<Given, Found>, given: Given): Promise<Key | null> {
    if (task.keeping === undefined) return null
    const sources = await this.#sources.of(task.keeping.about(given))
    if (sources === null) return null
    const asked = JSON.stringify({ task: task.name, given, engine: this.#sources.engine, sources })
    return { id: digestOf([asked]), asked }
  }

  /** Whether it would be kept under the same now. */
  async isStill<Given, Found>({ keeping }: Task<Given, Found>, given: Given, { asked }: Key): Promise<boolean> {
    const names = keeping!.about(given).filter((name) => fileOf(name) !== null)
    const now = await Promise.all(names.map((name) => this.#sources.now(name)))
    return now.every((sources) => sources !== null && asked.includes(JSON.stringify(sources[0])))
  }

  /** The answer that is kept; undefined where there is none, or what is there was damaged or belongs elsewhere. */
  async get<Given, Found>({ keeping }: Task<Given, Found>, { id, asked }: Key): Promise<Found | undefined> {
    try {
      const data = await this.#read(id)
      const kept = deserialize(data) as { readonly asked: string; readonly found: unknown }
      if (kept.asked !== asked) return undefined
      return keeping?.form === undefined ? (kept.found as Found) : keeping.form.read(kept.found)
    } catch {
      return undefined
    }
  }

  async #read(id: string): Promise<Buffer> {
    const { get, rm } = await files()
    try {
      return (await get(this.#folder, id)).data
    } catch (error) {
      // A content lies under its digest, and is not written again where it lies: the same answer would stay damaged for ever.
      const entry = isDamage(error) ? await get.info(this.#folder, id) : null
      if (entry !== null) await rm.content(this.#folder, entry.integrity)
      throw error
    }
  }

  /** @throws Error where the folder cannot be written */
  async put<Given, Found>({ keeping }: Task<Given, Found>, { id, asked }: Key, found: Found): Promise<void> {
    const written = keeping?.form === undefined ? found : keeping.form.write(found)
    makeFolder(this.#folder)
    await (await files()).put(this.#folder, id, serialize({ asked, found: written }))
    if (this.#tidied) return
    this.#tidied = true
    await forgetOld(dirname(this.#folder), basename(this.#folder))
  }
}
