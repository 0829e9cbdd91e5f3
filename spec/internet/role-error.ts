import { inWords, Unusable } from './unusable.ts'

/** A function of a role threw, or gave what cannot be used: which node, on what, in which state. */
export class RoleError extends Error {
  override readonly name = 'RoleError'
  readonly node: string
  /** The kind of the event; or the function, where it is another one than `step`. */
  readonly on: string

  /** @param details `on` in words, with all that is known of it */
  constructor(node: string, on: string, details: string, state: unknown, cause: unknown) {
    const unhandled = cause instanceof Error && cause.message.startsWith('Pattern matching error')
    const fault = unhandled ? 'has no case for' : cause instanceof Unusable ? 'went wrong on' : 'threw on'
    const why = unhandled ? '' : `: ${cause instanceof Error ? cause.message : String(cause)}`
    super(`node '${node}' ${fault} ${details} in state ${inWords(state)}${why}`, { cause })
    this.node = node
    this.on = on
  }
}
