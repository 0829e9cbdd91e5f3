/** An implementation of one role: gets an event, gives back what it sends (messages with `to`). */
export interface System {
  step(event: { readonly kind: string }): readonly unknown[]
}

/** The same, where the answer takes a while. */
export interface AsyncSystem {
  step(event: { readonly kind: string }): Promise<readonly unknown[]>
}
