export { type Asked, mistakesIn } from './find.ts'
export type { Mistake } from './mistake.ts'
export { refuseMistakes } from './refuse.ts'
export { rehearse } from './rehearsal/rehearse.ts'
