import { spawnSync } from 'node:child_process'
import { ADDRESSES, type Network } from './network.ts'

/** What a sends to a port leaves the router with another address and port; what was known of an earlier one is forgotten. */
export function translate(network: Network, to: number, port: number): void {
  const router = (...args: string[]) =>
    spawnSync('ip', ['netns', 'exec', network.space('router'), ...args], { encoding: 'utf8' })
  const rule = `ip saddr ${ADDRESSES.a[0]} udp dport ${to} masquerade to :${port}`
  const table = 'table ip translator'
  const { status, stderr } = router(
    'nft',
    `${table}\ndelete ${table}\n${table} {\nchain out {\ntype nat hook postrouting priority 100\n${rule}\n}\n}\n`,
  )
  if (status !== 0) throw new Error(`No translator can be made: ${stderr.trim()}`)
  router('conntrack', '-D', '-p', 'udp')
}
