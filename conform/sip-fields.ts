import type { Mapping } from './mapping.ts'

/** The fields of a line of SIP: how `tshark` calls them, and what is done with each. */
/** Messages of a call, as the model calls them. */
const ANSWERS =
  '100 Trying, 200 OK, 408 Request Timeout, 481 Call/Transaction Does Not Exist, 487 Request Terminated, 491 Request Pending, 500 Server Internal Error'
const ANSWERS_TO_BYE = '200 OK (BYE), 408 Request Timeout (BYE), 481 Call/Transaction Does Not Exist (BYE)'
const ANSWERS_TO_CANCEL = '200 OK (CANCEL), 481 Call/Transaction Does Not Exist (CANCEL)'
const OF_THE_CALL = `INVITE, ACK, ACK (error), BYE, CANCEL, ${ANSWERS}, ${ANSWERS_TO_BYE}, ${ANSWERS_TO_CANCEL}`

export const sipFields: Pick<Mapping, 'capture' | 'uses'> = {
  capture: {
    what: 'SIP',
    markers: ['method', 'status'],
    fields: [
      ['ip.src', 'src'],
      ['ip.dst', 'dst'],
      ['ipv6.src', 'src'],
      ['ipv6.dst', 'dst'],
      ['sip.Method', 'method'],
      ['sip.Status-Code', 'status'],
      ['sip.CSeq.seq', 'cseq'],
      ['sip.CSeq.method', 'cseqMethod'],
      ['sip.Call-ID', 'callId'],
      ['sip.Via.branch', 'branch'],
      ['sip.Via.sent-by.address', 'sentBy'],
      ['sip.contact.uri', 'contact'],
      ['sip.contact.parameter', 'contactParameters'],
      ['sip.Expires', 'expires'],
      ['sip.r-uri', 'requestUri'],
      ['sip.from.tag', 'fromTag'],
      ['sip.to.tag', 'toTag'],
    ],
  },
  uses: [
    {
      field: 'src',
      use: 'compared',
      how: 'which end sends it, at which of its addresses, or a server; what the wire shows, also behind a NAT',
    },
    { field: 'dst', use: 'compared', how: 'the same of where it goes' },
    {
      field: 'method',
      use: 'compared',
      how: 'the message; INFO, MESSAGE, OPTIONS and PRACK change nothing and are left out, others are unsupported',
    },
    {
      field: 'status',
      use: 'compared',
      of: ANSWERS,
      how: 'the message; 101 to 199 are a 100 where an end answers without a proxy, else left out; what no node of the model answers is unsupported',
    },
    {
      field: 'status',
      use: 'normalised',
      of: ANSWERS_TO_BYE,
      how: '200 and 481 are one where they cross a BYE: who waits for an answer to its own BYE may still have the dialog (RFC 3261 §15.1.1)',
    },
    {
      field: 'status',
      use: 'normalised',
      of: ANSWERS_TO_CANCEL,
      how: '200 and 481 are one where the re-INVITE has had its 2xx: its transaction is over (RFC 3261 §17.2.1), or goes on (RFC 6026 §7.1)',
    },
    {
      field: 'status',
      use: 'normalised',
      of: '200 OK (REGISTER), refusal (REGISTER)',
      how: '2xx is a registration, 3xx to 6xx a refusal: whom a registrar refuses is its own affair (RFC 3261 §10.3)',
    },
    {
      field: 'cseq',
      use: 'compared',
      how: 'higher for each new request of an end, the same in its copies, its ACK, its CANCEL and its answers (RFC 3261 §12.2.1.1, §8.2.6.2); then counted from the first re-INVITE of each end',
    },
    {
      field: 'cseqMethod',
      use: 'compared',
      of: `${ANSWERS}, ${ANSWERS_TO_BYE}, ${ANSWERS_TO_CANCEL}`,
      how: 'the method of the request with these Vias',
    },
    {
      field: 'callId',
      use: 'normalised',
      how: 'another call than the first is left out; with the tags or branches of the first, another Call-ID is none',
    },
    {
      field: 'branch',
      use: 'compared',
      how: 'another for each new request, the same in its copies, in the ACK of an error and in a CANCEL; answers have the Vias of their request (RFC 3261 §8.1.1.7, §17.1.1.3, §9.1, §8.2.6.2)',
    },
    {
      field: 'sentBy',
      use: 'normalised',
      how: 'with a Contact that is never on the wire, it says that its sender is behind a NAT; what the wire shows stands for both',
    },
    {
      field: 'contact',
      use: 'compared',
      of: 'INVITE, 200 OK, REGISTER',
      how: 'which of its addresses an end says that it has',
    },
    { field: 'contact', use: 'ignored', of: 'ACK, BYE', how: 'no target refresh (RFC 3261 §12.2)' },
    {
      field: 'requestUri',
      use: 'compared',
      of: 'INVITE, ACK, ACK (error), BYE, CANCEL',
      how: 'the remote target, or where a proxy sends it on; in copies, the ACK of an error and a CANCEL, as it was',
    },
    { field: 'requestUri', use: 'ignored', of: 'REGISTER', how: 'a domain (RFC 3261 §10.2)' },
    {
      field: 'fromTag',
      use: 'compared',
      of: OF_THE_CALL,
      how: 'that of who began the transaction (RFC 3261 §12.2.1.1)',
    },
    { field: 'toTag', use: 'compared', of: OF_THE_CALL, how: 'that of the other end' },
    {
      field: 'expires',
      use: 'normalised',
      of: 'REGISTER',
      how: '0 ends a registration: left out where another begins at once, else unsupported',
    },
    {
      field: 'contactParameters',
      use: 'normalised',
      of: 'REGISTER',
      how: 'the same; its expires counts before the header',
    },
  ],
}
