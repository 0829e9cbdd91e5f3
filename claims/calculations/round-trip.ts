/** One exchange of Binding Update and acknowledgement, in milliseconds (001 eqs 3 and 4). */
export interface Exchange {
  readonly there: number
  readonly back: number
  /** How far the home agent's clock is ahead of the mobile node's. */
  readonly ahead: number
}

/** Instants as whoever takes them reads them: the sender of the update its own clock, its receiver its own. */
const instants = ({ there, back, ahead }: Exchange, sent: number) => ({
  sent,
  updateArrives: sent + there + ahead,
  acknowledgementArrives: sent + there + back,
})

/** R − S, with R the arrival of the update, as the paper defines it. */
export function asDefined(exchange: Exchange, sent = 0): number {
  const at = instants(exchange, sent)
  return at.updateArrives - at.sent
}

/** The same with the arrival of the acknowledgement: a round trip. */
export function roundTrip(exchange: Exchange, sent = 0): number {
  const at = instants(exchange, sent)
  return at.acknowledgementArrives - at.sent
}
