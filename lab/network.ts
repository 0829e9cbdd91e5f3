import { spawnSync } from 'node:child_process'

/** A host, or the router between them. */
export type Space = 'a' | 'b' | 'router'

/** Two hosts with three interfaces each, and a router between them that sees every packet: namespaces of this machine. */
export interface Network {
  /** Name of a namespace. */
  readonly space: (space: Space) => string
  /** Old link down, new link up, default route. What an interface that is down was given it keeps. */
  readonly move: (host: 'a' | 'b', to: Stop) => void
  /** A further link up, besides the one that the host uses. */
  readonly join: (host: 'a' | 'b', to: Stop) => void
  /** Takes the addresses of interfaces that are down away, as DHCP would. */
  readonly forget: (host: 'a' | 'b') => void
}

/** Which of its networks a host is in. */
export type Stop = 0 | 1 | 2

/** Addresses of a host at its stops. */
export const ADDRESSES = {
  a: ['10.1.0.2', '10.2.0.2', '10.5.0.2'],
  b: ['10.3.0.2', '10.4.0.2', '10.6.0.2'],
} as const

/** Addresses of servers, which are on the router. */
export const SERVERS = ['10.9.0.1', '10.9.0.2'] as const

/** Makes a network whose names are this process's own, and takes it away again whatever happens. */
export async function withNetwork<T>(use: (network: Network) => Promise<T>): Promise<T> {
  const space = (name: string): string => `doublejump-${process.pid}-${name}`
  const spaces = ['a', 'b', 'router'].map(space)
  const remove = (): void => {
    for (const name of spaces) {
      const { stdout } = spawnSync('ip', ['netns', 'pids', name], { encoding: 'utf8' })
      for (const pid of stdout.trim().split('\n').filter(Boolean)) spawnSync('kill', ['-9', pid])
      spawnSync('ip', ['netns', 'del', name])
    }
  }
  const stopped = (): never => {
    remove()
    process.exit(130)
  }
  process.once('SIGINT', stopped).once('SIGTERM', stopped)
  try {
    for (const name of spaces) {
      ip('netns', 'add', name)
      ip('-n', name, 'link', 'set', 'lo', 'up')
    }
    for (const [host, addresses] of Object.entries(ADDRESSES)) {
      addresses.forEach((address, stop) => {
        const [link, far] = [`${host}${stop}`, `to-${host}${stop}`]
        ip('link', 'add', link, 'netns', space(host), 'type', 'veth', 'peer', 'name', far, 'netns', space('router'))
        ip('-n', space('router'), 'addr', 'add', `${gatewayOf(address)}/24`, 'dev', far)
        ip('-n', space('router'), 'link', 'set', far, 'up')
      })
      attach(space(host), host, 0)
    }
    for (const address of SERVERS) ip('-n', space('router'), 'addr', 'add', `${address}/32`, 'dev', 'lo')
    run('ip', ['netns', 'exec', space('router'), 'sysctl', '-qw', 'net.ipv4.ip_forward=1'])
    const at: Record<'a' | 'b', Stop> = { a: 0, b: 0 }
    return await use({
      space,
      move: (host, to) => {
        ip('-n', space(host), 'link', 'set', `${host}${at[host]}`, 'down')
        at[host] = to
        attach(space(host), host, to)
      },
      join: (host, to) => {
        ip('-n', space(host), 'addr', 'replace', `${ADDRESSES[host][to]}/24`, 'dev', `${host}${to}`)
        ip('-n', space(host), 'link', 'set', `${host}${to}`, 'up')
      },
      forget: (host) =>
        ADDRESSES[host].forEach((_, stop) => {
          if (stop !== at[host]) ip('-n', space(host), 'addr', 'flush', 'dev', `${host}${stop}`)
        }),
    })
  } finally {
    process.off('SIGINT', stopped).off('SIGTERM', stopped)
    remove()
  }
}

function attach(space: string, host: string, stop: Stop): void {
  ip('-n', space, 'addr', 'replace', `${ADDRESSES[host as 'a' | 'b'][stop]}/24`, 'dev', `${host}${stop}`)
  ip('-n', space, 'link', 'set', `${host}${stop}`, 'up')
  ip('-n', space, 'route', 'replace', 'default', 'via', gatewayOf(ADDRESSES[host as 'a' | 'b'][stop]))
}

const gatewayOf = (address: string): string => address.replace(/\.\d+$/, '.1')
const ip = (...args: string[]): void => run('ip', args)

function run(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`'${command} ${args.join(' ')}' failed: ${error?.message ?? stderr.trim()}`)
}
