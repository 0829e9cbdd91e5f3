import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import type { Clock, Dialog, UserAgent } from './user-agent.ts'

/** The user agent's timers, by their names in the model (`doublejump tests sip/direct --role b --describe`). */
const TIMERS: Readonly<Record<string, string>> = { 'Timer G': 'G', 'no ACK': 'H', 'Timer E (BYE)': 'E', 'Timer F': 'F' }
const OPTIONS = 'OPTIONS sip:b SIP/2.0\r\nCSeq: 1 OPTIONS\r\n\r\n'

type Event = { readonly kind: string } & Readonly<Record<string, unknown>>

/**
 * A user agent with a socket, in the place of the model's role: an event of the model becomes a packet from the peer's socket at the address that the event has, or a timer that fires; what
 * comes to the peer's sockets becomes the model's words. Each address of the model is a port of this machine.
 */
export class UserAgentUnderTest {
  readonly #sockets = new Map<string, Socket>()
  readonly #running = new Map<string, () => void>()
  readonly #probe: Socket
  #sent: unknown[] = []

  static async make(make: (socket: Socket, clock: Clock, dialog: Dialog) => UserAgent): Promise<UserAgentUnderTest> {
    const sockets = await Promise.all(
      ['east-1/b', 'west-1/a', 'west-2/a', 'west-3/a', 'probe'].map(async (name) => [name, await bound()] as const),
    )
    const system = new UserAgentUnderTest(sockets)
    const [here, remoteTarget] = [system.#wire('east-1/b'), system.#wire('west-1/a')]
    make(system.#sockets.get('east-1/b')!, system.#clock, {
      callId: 'call',
      localTag: 'tag-b',
      remoteTag: 'tag-a',
      here,
      remoteTarget,
    })
    return system
  }

  private constructor(sockets: readonly (readonly [string, Socket])[]) {
    for (const [name, socket] of sockets) this.#sockets.set(name, socket)
    this.#probe = this.#sockets.get('probe')!
    for (const [name, socket] of sockets)
      if (name.endsWith('/a')) socket.on('message', (data) => this.#sent.push(this.#read(data.toString(), name)))
  }

  readonly #clock: Clock = {
    start: (timer, _, fire) => this.#running.set(timer, fire),
    stop: (timer) => this.#running.delete(timer),
  }

  async step(event: Event): Promise<readonly unknown[]> {
    this.#sent = []
    const timer = TIMERS[event.kind]
    if (timer !== undefined) this.#running.get(timer)?.()
    else this.#send(event.source as string, this.#write(event))
    // Whatever it sends, it has sent when it answers this: then it is on its way to sockets of the same machine.
    const answered = once(this.#probe, 'message')
    this.#send('probe', OPTIONS)
    await answered
    for (let i = 0; i < 3; i++) await setImmediate()
    return this.#sent
  }

  close(): void {
    for (const socket of this.#sockets.values()) socket.close()
  }

  #write({ kind, cseq = 1, contact, source }: Event): string {
    const method = kind.split(' ')[0]!
    const [from, to] = [this.#wire(source as string), this.#wire('east-1/b')]
    const branch = `z9hG4bK-${method}-${cseq}`
    return [
      `${method} sip:b@${to} SIP/2.0`,
      `Via: SIP/2.0/UDP ${from};branch=${branch}`,
      `From: <sip:a@${from}>;tag=tag-a`,
      `To: <sip:b@${to}>;tag=tag-b`,
      'Call-ID: call',
      `CSeq: ${method === 'BYE' ? 99 : cseq} ${method}`,
      ...(contact === undefined ? [] : [`Contact: <sip:a@${this.#wire(contact as string)}>`]),
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n')
  }

  #read(text: string, to: string): unknown {
    const [cseq, method] = /^CSeq: (.*)$/m.exec(text)![1]!.trim().split(' ') as [string, string]
    const contact = /^Contact: <sip:[^@]*@(.*)>/m.exec(text)?.[1]
    const status = /^SIP\/2\.0 (.*)$/m.exec(text)?.[1]?.trim()
    if (status === undefined) return { kind: method, requestUri: this.#name(/@(\S+)/.exec(text)![1]!), to }
    if (method === 'BYE') return { kind: `${status} (BYE)`, to }
    return { kind: status, cseq: Number(cseq), ...(contact === undefined ? {} : { contact: this.#name(contact) }), to }
  }

  #send(from: string, text: string): void {
    this.#sockets.get(from)!.send(text, this.#sockets.get('east-1/b')!.address().port, '127.0.0.1')
  }

  #wire = (name: string): string => `127.0.0.1:${this.#sockets.get(name)!.address().port}`
  #name = (wire: string): string => [...this.#sockets.keys()].find((name) => this.#wire(name) === wire) ?? wire
}

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket
}
