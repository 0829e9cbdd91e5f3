/** Where a packet can be sent: `network/interface`, for example `west-2/a`. It belongs to its network for ever. */
export type Address = string

/** A network, by name. */
export type Network = string

export const addressIn = (network: Network, host: string): Address => `${network}/${host}`

/** Whether something is written as an address is: `network/interface`. */
export const isAddress = (value: unknown): value is Address => typeof value === 'string' && /^[^/]+\/./.test(value)

export function networkOf(address: Address): Network {
  if (!isAddress(address)) throw new Error(`'${address}' is no address: an address is written network/interface.`)
  return address.slice(0, address.indexOf('/'))
}

/** The rest of an address: what its network calls it by. */
export const interfaceOf = (address: Address): string => address.slice(networkOf(address).length + 1)
