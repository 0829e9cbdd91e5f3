import { BYTES } from './bytes.ts'
import type { Engine, LinearMemory } from './engine.ts'

/** What `wasm/loop.ts` exports. Numbers are addresses, lengths and masks; see there. */
export interface Loop {
  useModel(width: number, groups: number, groupsAt: number, absorbedAt: number, codeAt: number): void
  useLayout(size: number, wordAt: number, shiftAt: number, maskAt: number): void
  useStore(packedAt: number, slotsAt: number, slots: number, tagShift: number): void
  useChunk(...lists: readonly number[]): void
  useScratch(rowAt: number, nextAt: number, enabledAt: number): void
  useSleep(ringAt: number, mask: number, nextLayer: number, looked: number): void
  expand(from: number, to: number, count: number): number
  repack(states: number, size: number, wordAt: number, shiftAt: number, maskAt: number): void
  fillSlots(states: number): void
  readonly wasFull: { readonly value: number }
}

let module: object | null = null

/** The loop, working on a memory. */
export function loopOn(memory: LinearMemory, { Module, Instance }: Engine): Loop {
  module ??= new Module(Uint8Array.from(atob(BYTES), (letter) => letter.charCodeAt(0)))
  return new Instance(module, { env: { memory } }).exports as Loop
}
