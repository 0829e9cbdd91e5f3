/** For vitest's `setupFiles`, or to be imported by a test: `expect` gets the matchers of `doublejump/vitest`. */
import { expect } from 'vitest'
import { matchers } from './vitest.ts'

expect.extend(matchers)

export { matchers }
