import type { RemoteInfo, Socket } from 'node:dgram'

/** What wakes it up: `setTimeout` in a program, by hand in a test. */
export interface Clock {
  start(timer: string, milliseconds: number, fire: () => void): void
  stop(timer: string): void
}

/** Whom it talks to, once a call is established. Addresses are 'host:port'. */
export interface Dialog {
  readonly callId: string
  readonly localTag: string
  readonly remoteTag: string
  readonly here: string
  remoteTarget: string
}

const T1 = 500
const T2 = 4000
const CRLF = '\r\n'

/** A SIP user agent that has been called, and stays where it is (RFC 3261): it answers re-INVITEs, sends a 2xx again until its ACK comes, and hangs up where none does. */
export class UserAgent {
  readonly #socket: Socket
  readonly #clock: Clock
  readonly #dialog: Dialog
  #isOver = false
  /** Answers to INVITEs that wait for their ACK, by CSeq, with where they go. */
  readonly #unacknowledged = new Map<number, { readonly text: string; readonly to: string }>()
  #remoteCseq = 1

  constructor(socket: Socket, clock: Clock, dialog: Dialog) {
    this.#socket = socket
    this.#clock = clock
    this.#dialog = dialog
    socket.on('message', (data, from) => this.#receive(data.toString(), from))
  }

  #receive(text: string, from: RemoteInfo): void {
    const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(text)?.[1]?.trim() ?? ''
    const [cseq = '', method = ''] = header('CSeq').split(' ')
    const respond = (status: string, contact = ''): string => {
      const kept = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(name)}`)
      return [`SIP/2.0 ${status}`, ...kept, ...(contact === '' ? [] : [contact]), 'Content-Length: 0', '', ''].join(
        CRLF,
      )
    }
    const to = `${from.address}:${from.port}`
    // §12.2.2  Outside of the dialog.
    const { callId, localTag, remoteTag } = this.#dialog
    const isOurs = header('Call-ID') === callId && header('To').includes(localTag) && header('From').includes(remoteTag)
    if (text.startsWith('SIP/2.0 ')) {
      if (method === 'BYE') this.#end()
    } else if (method === 'OPTIONS') this.send(respond('200 OK'), to)
    else if (method === 'ACK') this.#acknowledged(Number(cseq))
    else if (!isOurs) this.send(respond('481 Call/Transaction Does Not Exist'), to)
    else if (method === 'INVITE') this.#invited(Number(cseq), header('Contact'), respond, to)
    else if (method === 'BYE') {
      this.send(respond(this.#isOver ? '481 Call/Transaction Does Not Exist' : '200 OK'), to)
      this.#end()
    }
  }

  /** §14.2, §13.3.1.4  Its Contact is the new remote target; the 2xx is sent again, twice as late each time, up to T2. */
  #invited(cseq: number, contact: string, respond: (status: string, contact: string) => string, to: string): void {
    if (this.#isOver) return
    if (cseq <= this.#remoteCseq) {
      this.answerAgain(cseq)
      return
    }
    this.#remoteCseq = cseq
    this.#dialog.remoteTarget = /<sip:[^@>]*@([^>;]+)/.exec(contact)?.[1] ?? to
    this.#unacknowledged.set(cseq, { text: respond('200 OK', `Contact: <sip:b@${this.#dialog.here}>`), to })
    this.answerAgain(cseq)
    this.#again('G', T1, T2, () => this.answerAgain(Math.max(...this.#unacknowledged.keys())))
    this.#clock.start('H', 64 * T1, () => this.#hangUp())
  }

  /** What was answered once is answered the same, to the same place (§17.2.1). */
  protected answerAgain(cseq: number): void {
    const answer = this.#unacknowledged.get(cseq)
    if (answer !== undefined) this.send(answer.text, answer.to)
  }

  #acknowledged(cseq: number): void {
    this.#unacknowledged.delete(cseq)
    if (this.#unacknowledged.size === 0) for (const timer of ['G', 'H']) this.#clock.stop(timer)
  }

  /** §13.3.1.4, §15.1.1  Nobody has acknowledged the 2xx. */
  #hangUp(): void {
    const { callId, localTag, remoteTag, here, remoteTarget } = this.#dialog
    this.#end()
    const lines = [`BYE sip:a@${remoteTarget} SIP/2.0`, `Via: SIP/2.0/UDP ${here};branch=z9hG4bK-bye`]
    const parties = [`From: <sip:b@${here}>;tag=${localTag}`, `To: <sip:a@${remoteTarget}>;tag=${remoteTag}`]
    const bye = [...lines, ...parties, `Call-ID: ${callId}`, 'CSeq: 2 BYE', 'Content-Length: 0', '', ''].join(CRLF)
    this.send(bye, remoteTarget)
    this.#again('E', T1, T2, () => this.send(bye, remoteTarget))
    this.#clock.start('F', 64 * T1, () => this.#end())
  }

  #end(): void {
    this.#isOver = true
    this.#unacknowledged.clear()
    for (const timer of ['G', 'H', 'E', 'F']) this.#clock.stop(timer)
  }

  #again(timer: string, milliseconds: number, most: number, act: () => void): void {
    this.#clock.start(timer, milliseconds, () => {
      act()
      this.#again(timer, Math.min(2 * milliseconds, most), most, act)
    })
  }

  protected send(text: string, to: string): void {
    const [host, port] = to.split(':') as [string, string]
    this.#socket.send(text, Number(port), host)
  }
}
