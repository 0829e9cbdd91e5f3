/** Where a packet can be sent: `network/interface`, for example `west-2/a`. It belongs to its network for ever. */
export type Address = string

/** A network, by name. */
export type Network = string

export const addressIn = (network: Network, host: string): Address => `${network}/${host}`

export function networkOf(address: Address): Network {
  const slash = address.indexOf('/')
  if (slash <= 0) throw new Error(`'${address}' is no address: an address is written network/interface.`)
  return address.slice(0, slash)
}
