import type { Internet } from '../spec/internet/compose.ts'

/** The IP address of each of a model's addresses; a home address, which nobody may hold, gets one as well. */
export type AddressBook = (address: string) => string

/** 10.(network).0.(host), the hosts of a network numbered from 2. */
export const ipv4Addresses = (internet: Internet): AddressBook =>
  bookOf(internet, (network, host) => `10.${network}.0.${host}`)

/** 2001:db8:(network)::(host), of the documentation prefix (RFC 3849). */
export const ipv6Addresses = (internet: Internet): AddressBook =>
  bookOf(internet, (network, host) => `2001:db8:${network.toString(16)}::${host.toString(16)}`)

function bookOf(internet: Internet, write: (network: number, host: number) => string): AddressBook {
  const { networks, nodes } = internet.layout.topology
  const hosts = new Map(networks.map((network): [string, string[]] => [network, []]))
  const numberOf = (address: string): number => {
    const here = hosts.get(address.slice(0, address.indexOf('/')))!
    if (!here.includes(address)) here.push(address)
    return here.indexOf(address) + 2
  }
  // Those that somebody holds come first, so that a run does not decide their numbers.
  for (const address of [...new Set(nodes.flatMap((n) => n.stops.flat()))].sort()) numberOf(address)
  return (address) => {
    const network = networks.indexOf(address.slice(0, address.indexOf('/')))
    return write(network + 1, numberOf(address))
  }
}
