import { produce } from 'immer'
import { match, P } from 'ts-pattern'
import {
  type Address,
  type Armed,
  armedFor,
  type Effect,
  type Event,
  isNewer,
  type Role,
  type Step,
  send,
  stay,
} from '../index.ts'
import type { SipMessage } from './messages.ts'
import {
  armedOfBye,
  forgetsBye,
  givesByeUp,
  passesAnswerOn,
  passesByeOn,
  proxyByeTimers,
  sendsByeAgain,
} from './proxy-bye.ts'
import type { Branch, FinalError, ProxySettings, ProxyTimer, Server, Transaction } from './proxy-state.ts'
import { branchTimeout, proxyTimerA, proxyTimerAUpToT2, timerG } from './timers.ts'

export type { ProxySettings, ProxyTimer, Server } from './proxy-state.ts'

const isTimeOut = (response: FinalError): boolean => response === '408 Request Timeout'

export function proxy(settings: ProxySettings): Role<Server, SipMessage, ProxyTimer> {
  const rfc = settings.rules === 'rfc'
  const fresh = settings.retransmissions === 'unlimited' ? 1 : settings.retransmissions
  const oneLess = (left: number): number => (settings.retransmissions === 'unlimited' ? left : left - 1)
  const targetOf = (server: Server, requestUri: Address, way = settings.target): Address =>
    way === 'location' ? server.location : requestUri
  const branchTo = (target: Address): Branch => ({ target, response: null, retransmissions: fresh })
  const sendOn = (t: Transaction, target: Address) =>
    send<SipMessage>({ ...t.invite, requestUri: target, ...(rfc ? { via: t.upstream } : {}) }, target)
  const isOpen = (t: Transaction | null): t is Transaction => t !== null && t.final === null

  const respond = (t: Transaction, response: FinalError): Effect<SipMessage> =>
    send<SipMessage>({ kind: response, cseq: t.invite.cseq }, t.upstream)

  /** §16.7  When every branch has ended in an error, the best one goes upstream. */
  const settle = (server: Server, t: Transaction): Step<Server, SipMessage> => {
    if (t.branches.some((branch) => branch.response === null)) return stay({ ...server, transaction: t })
    const responses = t.branches.map((branch) => branch.response!)
    // A branch that is given up counts as 408, or as 487 where the request was cancelled.
    const first: FinalError =
      t.isCancelled === true && isTimeOut(settings.best) ? '487 Request Terminated' : settings.best
    const best = responses.find((response) => response === first) ?? responses[0]!
    const done = { ...t, final: best }
    return [{ ...server, transaction: done }, [respond(done, best)]]
  }

  const addTarget = (server: Server, target: Address): Step<Server, SipMessage> => {
    const t = server.transaction!
    if (t.isCancelled === true || t.branches.some((branch) => branch.target === target)) return stay(server)
    const kept = settings.newTarget === 'replace' ? [] : t.branches
    return [{ ...server, transaction: { ...t, branches: [...kept, branchTo(target)] } }, [sendOn(t, target)]]
  }

  type Invite = Extract<SipMessage, { kind: 'INVITE' }>

  const onNewInvite = (server: Server, invite: Invite, upstream: Address): Step<Server, SipMessage> => {
    const target = targetOf(server, invite.requestUri)
    const t: Transaction = {
      invite,
      upstream,
      branches: [branchTo(target)],
      final: null,
      acknowledged: false,
      retransmissions: fresh,
    }
    const trying = rfc ? [send<SipMessage>({ kind: '100 Trying', cseq: invite.cseq }, upstream)] : []
    return [{ ...server, transaction: t }, [...trying, sendOn(t, target)]]
  }

  const onInviteAgain = (server: Server, t: Transaction): Step<Server, SipMessage> => {
    if (t.final !== null) return t.final === '200 OK' ? stay(server) : [server, [respond(t, t.final)]]
    const [next, sent] = settings.relookupOnRetransmit ? addTarget(server, server.location) : stay(server)
    if (sent.length > 0) return [next, sent]
    // A stateful proxy answers 100 and leaves the retransmission to its own timer; the paper's passes it on.
    if (rfc) return [next, [send<SipMessage>({ kind: '100 Trying', cseq: t.invite.cseq }, t.upstream)]]
    return [next, t.branches.map((branch) => sendOn(t, branch.target))]
  }

  const onInvite = (server: Server, invite: Invite, source: Address): Step<Server, SipMessage> => {
    const t = server.transaction
    if (t === null || isNewer(invite.cseq, t.invite.cseq, settings.cseqModulus))
      return onNewInvite(server, invite, source)
    if (invite.cseq !== t.invite.cseq) return stay(server)
    if (settings.renewsVias === true && source !== t.upstream) return onNewInvite(server, invite, source)
    // §18.2.2  Answered where the first copy came from. (Copies of one re-INVITE have one source: see README.)
    return onInviteAgain(server, t)
  }

  const onRegister = (
    server: Server,
    { contact, cseq, source }: { contact: Address; cseq: number; source: Address },
  ): Step<Server, SipMessage> => {
    if (settings.refuses?.includes(cseq) === true)
      return [server, [send<SipMessage>({ kind: 'refusal (REGISTER)', cseq }, source)]]
    const ok = send<SipMessage>({ kind: '200 OK (REGISTER)', cseq }, source)
    // §10.3  A lower CSeq is an older registration.
    if (cseq < server.registerCseq) return [server, [ok]]
    const registered = { ...server, location: contact, registerCseq: cseq }
    const resend = settings.resendOnRegister && isOpen(server.transaction)
    const [next, sent] = resend ? addTarget(registered, contact) : stay(registered)
    return [next, [ok, ...sent]]
  }

  const onOk = (server: Server, ok: Extract<SipMessage, { kind: '200 OK' }>): Step<Server, SipMessage> => {
    const t = server.transaction
    const passOn = (upstream: Address) =>
      send<SipMessage>({ kind: '200 OK', cseq: ok.cseq, contact: ok.contact }, upstream)
    // §16.7  One that belongs to no transaction is passed on all the same, by its Via.
    if (t === null || t.invite.cseq !== ok.cseq) return [server, ok.via === undefined ? [] : [passOn(ok.via)]]
    // §16.7 (5)  Every 2xx goes upstream at once, also one that is sent again.
    return [{ ...server, transaction: { ...t, final: '200 OK' } }, [passOn(t.upstream)]]
  }

  const onError = (server: Server, response: FinalError, cseq: number, source: Address): Step<Server, SipMessage> => {
    const t = server.transaction
    const ack = send<SipMessage>({ kind: 'ACK (error)', cseq }, source)
    if (!isOpen(t) || t.invite.cseq !== cseq) return [server, [ack]]
    const [next, sent] = settle(
      server,
      produce(t, (draft) => {
        // A branch may answer from an address that it was forwarded to: then it is the only one still open.
        const branch =
          draft.branches.find((b) => b.target === source) ?? draft.branches.find((b) => b.response === null)
        if (branch !== undefined) branch.response = response
      }),
    )
    return [next, [ack, ...sent]]
  }

  const onTimerG = (server: Server): Step<Server, SipMessage> => {
    const t = server.transaction!
    const again = { ...t, retransmissions: oneLess(t.retransmissions) }
    return [{ ...server, transaction: again }, [respond(again, t.final as FinalError)]]
  }

  const onTimerA = (server: Server): Step<Server, SipMessage> => {
    const t = server.transaction!
    const spent = {
      ...server,
      transaction: {
        ...t,
        branches: t.branches.map((b) =>
          b.response === null ? { ...b, retransmissions: oneLess(b.retransmissions) } : b,
        ),
      },
    }
    const [next, sent] = settings.relookupOnRetransmit ? addTarget(spent, server.location) : stay(spent)
    if (sent.length > 0) return [next, sent]
    const open = t.branches.filter((b) => b.response === null && b.retransmissions > 0)
    return [next, open.map((b) => sendOn(t, b.target))]
  }

  const onTimeout = (server: Server): Step<Server, SipMessage> => {
    const response = server.transaction!.isCancelled === true ? '487 Request Terminated' : '408 Request Timeout'
    return settle(
      server,
      produce(server.transaction!, (draft) => {
        for (const branch of draft.branches) branch.response ??= response
      }),
    )
  }

  /**
   * §16.10  It is answered at once. A branch that has had no provisional response is not cancelled (§9.1): it is waited for, and then the answer is 487. That
   * user agents answer provisionally is left out here.
   */
  const onCancel = (server: Server, cseq: number, source: Address): Step<Server, SipMessage> => {
    const t = server.transaction
    // §17.2.3  Its Via tells which request it is about, wherever it comes from.
    if (t?.invite.cseq !== cseq)
      return [server, [send<SipMessage>({ kind: '481 Call/Transaction Does Not Exist (CANCEL)', cseq }, source)]]
    const ok = send<SipMessage>({ kind: '200 OK (CANCEL)', cseq }, source)
    return [t.final === null ? { ...server, transaction: { ...t, isCancelled: true } } : server, [ok]]
  }

  const onBye = (
    server: Server,
    { requestUri, source }: { requestUri: Address; source: Address },
  ): Step<Server, SipMessage> => {
    if (settings.byes === 'stateful')
      return passesByeOn(server, source, targetOf(server, requestUri, settings.ways?.BYE), {
        looksUpAgain: settings.relookupOnRetransmit && settings.ways?.BYE !== 'request-uri',
        isNew: settings.renewsVias === true && server.bye?.upstream !== source,
      })
    const known = settings.relookupOnRetransmit ? null : server.byeTarget
    const target = known ?? targetOf(server, requestUri)
    return [
      { ...server, byeTarget: target },
      [send<SipMessage>({ kind: 'BYE', requestUri: target, via: source }, target)],
    ]
  }

  const step = (server: Server, event: Event<SipMessage, ProxyTimer>): Step<Server, SipMessage> =>
    match(event)
      .returnType<Step<Server, SipMessage>>()
      .with({ kind: 'REGISTER' }, (request) => onRegister(server, request))
      .with({ kind: 'INVITE' }, ({ source, destination: _, hops: __, ...invite }) => onInvite(server, invite, source))
      .with({ kind: '200 OK' }, (ok) => onOk(server, ok))
      .with(
        {
          kind: P.union(
            '408 Request Timeout',
            '481 Call/Transaction Does Not Exist',
            '491 Request Pending',
            '500 Server Internal Error',
            '487 Request Terminated',
          ),
        },
        ({ kind, cseq, source }) => onError(server, kind, cseq, source),
      )
      .with({ kind: 'ACK' }, ({ cseq, requestUri }) => {
        const target = targetOf(server, requestUri, settings.ways?.ACK)
        return [server, [send<SipMessage>({ kind: 'ACK', cseq, requestUri: target }, target)]]
      })
      .with({ kind: 'CANCEL' }, ({ cseq, source }) => onCancel(server, cseq, source))
      .with({ kind: 'BYE' }, (request) => onBye(server, request))
      .with(
        {
          kind: P.union('200 OK (BYE)', '481 Call/Transaction Does Not Exist (BYE)', '408 Request Timeout (BYE)'),
        },
        ({ kind, via }) =>
          settings.byes === 'stateful' ? passesAnswerOn(server, kind) : [server, [send<SipMessage>({ kind }, via!)]],
      )
      .with({ kind: 'proxy Timer E (BYE)' }, () => sendsByeAgain(server))
      .with({ kind: 'branch time-out (BYE)' }, () => givesByeUp(server))
      .with({ kind: 'proxy Timer J (BYE)' }, () => forgetsBye(server))
      .with({ kind: 'ACK (error)' }, ({ cseq }) =>
        stay(
          server.transaction?.invite.cseq === cseq
            ? { ...server, transaction: { ...server.transaction, acknowledged: true } }
            : server,
        ),
      )
      .with({ kind: 'proxy Timer G' }, () => onTimerG(server))
      .with({ kind: 'proxy Timer A' }, () => onTimerA(server))
      .with({ kind: 'branch time-out' }, () => onTimeout(server))
      .with(
        {
          kind: P.union(
            'attached',
            '100 Trying',
            '200 OK (REGISTER)',
            'refusal (REGISTER)',
            'Forward',
            'Forwarding',
            'RTP',
            '200 OK (CANCEL)',
            '481 Call/Transaction Does Not Exist (CANCEL)',
          ),
        },
        ({ kind }) => {
          throw new Error(`a home server has no use for ${kind}`)
        },
      )
      .exhaustive()

  const armedOfInvite = (server: Server): Armed<ProxyTimer>[] => {
    const t = server.transaction
    if (!rfc || t === null) return []
    if (t.final !== null) {
      const done = t.final === '200 OK' || t.acknowledged || t.retransmissions === 0
      return done ? [] : armedFor(t.invite.cseq, ['proxy Timer G'])
    }
    // A new branch begins anew; one timer stands for those of all branches.
    const key = `${t.invite.cseq} to ${t.branches.map((branch) => branch.target).join(', ')}`
    const isRepeated = t.branches.some((branch) => branch.response === null && branch.retransmissions > 0)
    // Where logs are read: the oldest branch has its time-out from when it was sent (§16.6 (11)).
    const oldest =
      settings.byes === 'stateful' ? t.branches.find(({ response }) => response === null)?.target : undefined
    return [
      ...armedFor(oldest === undefined ? key : `${t.invite.cseq} to ${oldest}`, ['branch time-out']),
      ...armedFor(key, isRepeated ? ['proxy Timer A'] : []),
    ]
  }

  return {
    start: { location: settings.start, registerCseq: 0, transaction: null, byeTarget: null },
    step,
    timers: {
      'proxy Timer A': settings.byes === 'stateful' ? proxyTimerAUpToT2 : proxyTimerA,
      'proxy Timer G': timerG,
      'branch time-out': branchTimeout,
      // Without a state of its BYEs it has no timers of them either.
      ...(settings.byes === 'stateful' ? proxyByeTimers : ({} as typeof proxyByeTimers)),
    },
    armed: (server) => [...armedOfInvite(server), ...armedOfBye(server)],
    pending: (server) => (isOpen(server.transaction) ? 'waits for a branch of a re-INVITE to end' : null),
  }
}
