import { produce } from 'immer'
import { isMatching, match, P } from 'ts-pattern'
import {
  type Address,
  type Armed,
  armedFor,
  type Effect,
  type Event,
  following,
  isNewer,
  networkOf,
  packet,
  type Role,
  type Step,
  send,
  stay,
  tunnel,
} from '../index.ts'
import { type BindingStatus, COOKIES, type Mipv6Message } from './messages.ts'
import type { MobileNode, MobileNodeSettings, Registration, TimerName } from './mobile-node-state.ts'
import {
  bindingLifetime,
  bindingRefresh,
  homeRefresh,
  homeRetransmission,
  nonceLifetime,
  testRetransmission,
  updateRetransmission,
} from './timers.ts'

export function mobileNode(settings: MobileNodeSettings): Role<MobileNode, Mipv6Message, TimerName> {
  const { name, home, homeAgent, peer } = settings
  const limit = settings.retransmissions
  const fresh = limit === 'unlimited' ? 1 : limit
  const oneLess = (left: number): number => (limit === 'unlimited' ? left : left - 1)

  const target = (mn: MobileNode): Address =>
    settings.signalling === 'home' && mn.registration?.toCareOf !== true ? peer.home : (mn.cache?.coa ?? peer.home)

  /** By way of the home agent: from my home address (§11.3.1), or, for stationary proxies, whatever is to reach the peer. */
  const byHomeAgent = (message: Mipv6Message, from: Address, to: Address): Effect<Mipv6Message> =>
    settings.byProxy === true
      ? send<Mipv6Message>({ kind: 'proxied', inner: packet(message, from, to), home: peer.home }, homeAgent)
      : tunnel(packet(message, from, to), homeAgent)
  const signal = (mn: MobileNode, message: Mipv6Message): Effect<Mipv6Message> =>
    settings.byProxy === true ? byHomeAgent(message, mn.here, target(mn)) : send(message, target(mn))

  const registerHome = (mn: MobileNode) =>
    send<Mipv6Message>({ kind: 'BU (home)', seq: mn.homeSeq, coa: mn.here }, homeAgent)

  /** §5.2.5, §11.8  HoTI by the home agent and CoTI directly, each while its token is missing, and with a new cookie each time. */
  const test = (mn: MobileNode, registration: Registration): Step<MobileNode, Mipv6Message> => {
    const { homeToken, coToken } = registration
    const cookie = following(mn.cookie, COOKIES)
    const next = { ...mn, registration, cookie }
    return [
      next,
      [
        ...(homeToken === null ? [byHomeAgent({ kind: 'HoTI', cookie }, home, target(next))] : []),
        ...(coToken === null ? [signal(next, { kind: 'CoTI', cookie })] : []),
      ],
    ]
  }

  const update = (mn: MobileNode, { homeToken, coToken }: Registration): Effect<Mipv6Message> =>
    signal(mn, { kind: 'BU', home, seq: mn.seq, coa: mn.here, homeToken: homeToken!, coToken: coToken! })

  /** §11.7.2  The return routability procedure, from its beginning. */
  const beginRegistration = (
    mn: MobileNode,
    begunAgain: Pick<Registration, 'toCareOf' | 'numbered'> = { toCareOf: false, numbered: false },
  ): Step<MobileNode, Mipv6Message> => {
    if (settings.signalling === 'none') return stay(mn)
    const homeToken = settings.expedited ? mn.homeToken : null
    return test(mn, { stage: 'testing', homeToken, coToken: null, retransmissions: fresh, ...begunAgain })
  }

  /** 004 §II  The order of a handoff: the home registration is begun first; its acknowledgement need not be waited for. */
  const attached = (mn: MobileNode, address: Address): Step<MobileNode, Mipv6Message> => {
    const moved = produce(mn, (me) => {
      me.here = address
      me.homeSeq += 1
      me.homeAcknowledged = false
    })
    const told =
      settings.tellsForwarder === true
        ? [send<Mipv6Message>({ kind: 'Forward', old: mn.here, to: address }, `${networkOf(mn.here)}/forwarder`)]
        : []
    const [next, sent] =
      settings.awaitsHome === true ? stay({ ...moved, registration: null }) : beginRegistration(moved)
    return [next, [registerHome(moved), ...told, ...sent]]
  }

  const onHomeAcknowledgement = (mn: MobileNode, seq: number): Step<MobileNode, Mipv6Message> => {
    if (seq !== mn.homeSeq || mn.homeAcknowledged) return stay(mn)
    const registered = { ...mn, homeAcknowledged: true }
    return settings.awaitsHome === true ? beginRegistration(registered) : stay(registered)
  }

  const onToken = (mn: MobileNode, cookie: number, tokens: Partial<Registration>): Step<MobileNode, Mipv6Message> => {
    if (mn.registration?.stage !== 'testing' || cookie !== mn.cookie) return stay(mn)
    const registration = { ...mn.registration, ...tokens }
    const kept = { ...mn, homeToken: registration.homeToken }
    if (registration.homeToken === null || registration.coToken === null) return stay({ ...kept, registration })
    // §5.2.6  Both tokens make the binding management key: the update can be authorised.
    const updating: Registration = { ...registration, stage: 'updating', retransmissions: fresh, numbered: true }
    const next = { ...kept, registration: updating, seq: registration.numbered ? mn.seq : mn.seq + 1 }
    return [next, [update(next, updating)]]
  }

  /** Answers go out from the address that was asked: from the home address, by way of the home agent (§11.3.1). */
  const answer = (message: Mipv6Message, asked: Address, to: Address): Effect<Mipv6Message> =>
    asked === home ? tunnel(packet(message, home, to), homeAgent) : send(message, to)

  /** §11.8  What is still to be registered is tried on and on, at the slow rate: news of the peer gives it new tries, and so does time. */
  const goesOn = (mn: MobileNode): MobileNode =>
    mn.registration === null ? mn : { ...mn, registration: { ...mn.registration, retransmissions: fresh } }

  type Update = Extract<Mipv6Message, { kind: 'BU' }>

  const onUpdate = (mn: MobileNode, bu: Update): Step<MobileNode, Mipv6Message> => {
    const acknowledge = (status: BindingStatus, seq = bu.seq) => send<Mipv6Message>({ kind: 'BA', seq, status }, bu.coa)
    const authorised =
      isMatching({ by: name, home: bu.home }, bu.homeToken) && isMatching({ by: name, coa: bu.coa }, bu.coToken)
    // §9.5.1  An update that does not authenticate is dropped without a word.
    if (!authorised) return stay(mn)
    if (bu.homeToken.nonce !== mn.nonce) return [mn, [acknowledge('136 expired home nonce index')]]
    if (mn.cache !== null && bu.seq === mn.cache.seq) return [mn, [acknowledge('accepted')]]
    if (mn.cache !== null && !isNewer(bu.seq, mn.cache.seq, 2 ** 16)) {
      return [mn, [acknowledge('135 sequence number out of window', mn.cache.seq)]]
    }
    const updated: MobileNode = { ...mn, cache: { coa: bu.coa, seq: bu.seq, renewed: true } }
    // Once for each move of the peer: an update of a registration that was begun again has the number that is known already.
    const news = settings.movedBy !== 'address' || mn.cache?.coa !== bu.coa
    const [next, sent] =
      settings.resendsOnPeerUpdate === true && mn.registration !== null && news
        ? beginRegistration(updated, { toCareOf: true, numbered: mn.registration.numbered })
        : stay(goesOn(updated))
    return [next, [acknowledge('accepted'), ...sent]]
  }

  const onAcknowledgement = (mn: MobileNode, seq: number, status: BindingStatus): Step<MobileNode, Mipv6Message> => {
    // §11.7.3  It answers an update that is outstanding, also where the registration was begun again meanwhile.
    if (status === 'accepted') {
      return stay(mn.registration?.numbered === true && seq === mn.seq ? { ...mn, registration: null } : mn)
    }
    if (mn.registration?.stage !== 'updating') return stay(mn)
    switch (status) {
      // §11.7.3  The window starts after the number that the correspondent gives.
      case '135 sequence number out of window': {
        const next = { ...mn, seq: seq + 1 }
        return [next, [update(next, mn.registration)]]
      }
      // §11.7.3  The home nonce is too old: the whole procedure again.
      case '136 expired home nonce index':
        return seq === mn.seq ? beginRegistration({ ...mn, homeToken: null }) : stay(mn)
    }
  }

  /** The same registration, a try later. */
  const again = ({ registration }: MobileNode): Registration => ({
    ...registration!,
    retransmissions: oneLess(registration!.retransmissions),
    toCareOf: false,
  })

  const step = (mn: MobileNode, event: Event<Mipv6Message, TimerName>): Step<MobileNode, Mipv6Message> =>
    match(event)
      .returnType<Step<MobileNode, Mipv6Message>>()
      .with({ kind: 'attached' }, ({ address }) => attached(mn, address))
      .with({ kind: 'BA (home)' }, ({ seq }) => onHomeAcknowledgement(mn, seq))
      // §4.1  Without route optimization nobody's tests are answered and no binding is taken.
      .with(
        { kind: P.union('HoTI', 'CoTI', 'BU') },
        () => settings.signalling === 'none',
        () => stay(mn),
      )
      .with({ kind: 'HoTI' }, ({ source, destination, cookie }) => [
        mn,
        [answer({ kind: 'HoT', token: { by: name, home: source, nonce: mn.nonce }, cookie }, destination, source)],
      ])
      .with({ kind: 'CoTI' }, ({ source, destination, cookie }) => [
        mn,
        [answer({ kind: 'CoT', token: { by: name, coa: source }, cookie }, destination, source)],
      ])
      .with({ kind: 'HoT' }, ({ token, cookie }) => onToken(mn, cookie, { homeToken: token }))
      .with({ kind: 'CoT' }, ({ token, cookie }) =>
        token.coa === mn.here ? onToken(mn, cookie, { coToken: token }) : stay(mn),
      )
      .with({ kind: 'BU' }, ({ source: _, destination: __, hops: ___, ...bu }) => onUpdate(mn, bu))
      .with({ kind: 'BA' }, ({ seq, status }) => onAcknowledgement(mn, seq, status))
      .with({ kind: 'data' }, () => stay(mn))
      .with({ kind: 'home BU retransmission' }, () => [mn, [registerHome(mn)]])
      // §11.7.1  For the same address, so that it is no move.
      .with({ kind: 'home binding refresh' }, () => [goesOn({ ...mn, homeAcknowledged: false }), [registerHome(mn)]])
      .with({ kind: 'RR retransmission' }, () => test(mn, again(mn)))
      .with({ kind: 'BU retransmission' }, () => {
        const next = { ...mn, registration: again(mn) }
        return [next, [update(next, next.registration)]]
      })
      .with({ kind: 'nonce lifetime' }, () => stay({ ...mn, nonce: mn.nonce + 1 }))
      .with({ kind: 'binding refresh' }, () => beginRegistration({ ...mn, refreshed: true }))
      // The entry is gone: what is still to be registered is tried again, now by the home address.
      .with({ kind: 'binding lifetime' }, () => stay(goesOn({ ...mn, cache: null })))
      .with({ kind: P.union('BU (home)', 'tunnel', 'Forward', 'proxied', 'Query', 'Answer') }, ({ kind }) => {
        throw new Error(`a mobile node has no use for ${kind}`)
      })
      .exhaustive()

  return {
    start: {
      here: settings.start,
      homeSeq: 0,
      homeAcknowledged: true,
      registration: null,
      cookie: 0,
      homeToken: { by: peer.name, home, nonce: 0 },
      seq: 0,
      cache: settings.signalling === 'none' ? null : { coa: peer.start, seq: 0, renewed: false },
      nonce: 0,
      refreshed: false,
    },
    step,
    timers: {
      'home BU retransmission': homeRetransmission,
      'home binding refresh': homeRefresh,
      'RR retransmission': testRetransmission,
      'BU retransmission': updateRetransmission,
      'nonce lifetime': nonceLifetime,
      'binding refresh': bindingRefresh,
      'binding lifetime': bindingLifetime,
    },
    armed: (mn) => {
      const running: Armed<TimerName>[] = armedFor(mn.homeSeq, [
        mn.homeAcknowledged ? 'home binding refresh' : 'home BU retransmission',
      ])
      const { registration, cache } = mn
      if (registration !== null && registration.retransmissions > 0) {
        const timer = registration.stage === 'testing' ? 'RR retransmission' : 'BU retransmission'
        running.push(...armedFor(`${mn.here}, ${mn.seq}`, [timer]))
      }
      if (mn.nonce === 0) running.push('nonce lifetime')
      if (registration === null && !mn.refreshed && mn.homeSeq > 0 && settings.signalling !== 'none')
        running.push(...armedFor(mn.seq, ['binding refresh']))
      if (cache?.renewed === false) running.push(...armedFor(cache.seq, ['binding lifetime']))
      return running
    },
    accepts: (_, address) => address === home || address.endsWith(`/${name}`),
    pending: (mn) => {
      if (!mn.homeAcknowledged) return 'waits for its home agent'
      if (mn.registration === null) return null
      return mn.registration.stage === 'testing' ? 'waits for keygen tokens' : 'waits for a Binding Acknowledgement'
    },
    // §9.3.2  With a binding, straight to the care-of address; without one, by the home addresses.
    sendData: (mn) => [
      mn.cache === null
        ? tunnel(packet({ kind: 'data' }, home, peer.home), homeAgent)
        : send({ kind: 'data' }, mn.cache.coa),
    ],
  }
}
