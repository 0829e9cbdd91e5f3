/** What is used of WebAssembly, which not every engine has; types of it come with those of a browser only. */
export interface Engine {
  readonly Memory: new (pages: { initial: number; maximum: number; shared: true }) => LinearMemory
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
}

export interface LinearMemory {
  readonly buffer: SharedArrayBuffer
}

export const engine = (globalThis as { readonly WebAssembly?: unknown }).WebAssembly as Engine | undefined
