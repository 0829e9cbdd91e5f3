import { BYTES } from './bytes.ts'
import { type Engine, engine, type LinearMemory } from './engine.ts'

/** What `wasm/loop.ts` exports. Numbers are addresses, lengths and masks; see there. */
export interface Loop {
  make(common: number, chunk: number, member: number): number
  take(common: number, chunk: number, first: number, count: number, anew: boolean): number
  repack(common: number, states: number, ...from: readonly number[]): void
  emptySlots(common: number): void
}

let module: object | null = null

/** A loop of its own, working on a memory that others may work on. */
export function loopOn(memory: LinearMemory): Loop {
  const { Module, Instance } = engine as Engine
  module ??= new Module(Uint8Array.from(atob(BYTES), (letter) => letter.charCodeAt(0)))
  return new Instance(module, { env: { memory } }).exports as Loop
}
