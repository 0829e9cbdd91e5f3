/** A file of the user's own as one text, for a place that has no files: the page. */
export interface Bundled {
  /** The path, as it was given. */
  readonly file: string
  /**
   * An ES module whose default export is `(require) => ({ default, properties })`. What is named in `HANDED_OVER` comes through `require`:
   * it is in that place already, once.
   */
  readonly code: string
}

/** What a bundled file is handed, and does not bring along. */
export const HANDED_OVER = ['doublejump', 'doublejump/checker', 'doublejump/properties', 'immer', 'ts-pattern'] as const

/** Every module that a bundled file may ask for, by name. */
export type HandedOver = Readonly<Record<(typeof HANDED_OVER)[number], object>>
