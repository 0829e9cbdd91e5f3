import { changeStep, nothingIsDone } from './changes.ts'
import type { Mutation } from './searches.ts'

const throws = changeStep([''], () => {
  throw new Error('this role throws, whatever happens: an ablation')
})

/** What can be done to every role of every protocol, to see what a verdict is worth: no claim may hold by a search then, and none has an answer from one that threw. */
export const ABLATIONS = {
  'does-nothing': (_, nodes) => nothingIsDone(nodes),
  throws: (_, nodes) => throws(nodes),
} as const satisfies Readonly<Record<string, Mutation>>

export type Ablation = keyof typeof ABLATIONS
