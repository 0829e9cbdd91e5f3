import { type Mapping, UDP_ADDRESSES } from './mapping.ts'

/** The fields of a line of IKE or ESP: how `tshark` calls them, and what is done with each. */
export const mobikeFields: Pick<Mapping, 'capture' | 'uses'> = {
  capture: {
    what: 'IKE',
    markers: ['exchange', 'espSpi'],
    fields: [
      ...UDP_ADDRESSES,
      ['isakmp.exchangetype', 'exchange'],
      ['isakmp.messageid', 'messageId'],
      ['isakmp.flags', 'flags'],
      ['isakmp.ispi', 'initiatorSpi'],
      ['isakmp.rspi', 'responderSpi'],
      ['isakmp.notify.msgtype', 'notify'],
      ['isakmp.enc.decrypted', 'decrypted'],
      ['esp.spi', 'espSpi'],
      ['esp.sequence', 'espSequence'],
    ],
  },
  uses: [
    {
      field: 'src',
      use: 'normalised',
      how: 'where its sender is: a request from another address is a move, and has to tell of it; an answer comes from where the request went to. Data have an address that the sender has or had',
    },
    { field: 'srcPort', use: 'normalised', how: 'as a part of src; 500 and 4500 are one' },
    {
      field: 'dst',
      use: 'compared',
      how: "with the peer's address in the IKE SA, or in that of the data; of an answer, with where the request came from",
    },
    {
      field: 'dstPort',
      use: 'compared',
      how: 'as a part of dst; where an exchange after IKE_SA_INIT goes to 500, there is no MOBIKE',
    },
    { field: 'exchange', use: 'compared', of: 'IKE request, IKE response', how: 'by its name' },
    {
      field: 'flags',
      use: 'compared',
      of: 'IKE request, IKE response',
      how: 'who sends it, and whether it is a response; other flags are ignored',
    },
    {
      field: 'messageId',
      use: 'compared',
      of: 'IKE request, IKE response',
      how: "with that of the sender's latest request, or the next; of a response, with the request's",
    },
    {
      field: 'initiatorSpi',
      use: 'compared',
      of: 'IKE request, IKE response',
      how: 'with that of the first IKE_SA_INIT; of another one, another SA begins, which is not supported',
    },
    { field: 'responderSpi', use: 'compared', of: 'IKE request, IKE response', how: 'with that of the first response' },
    {
      field: 'notify',
      use: 'compared',
      of: 'INFORMATIONAL requests that tshark has decrypted',
      how: 'UPDATE_SA_ADDRESSES, or one of those about additional addresses, or neither; with `silent-initiator`, both too',
    },
    {
      field: 'decrypted',
      use: 'normalised',
      of: 'IKE request, IKE response',
      how: 'whether notifications can be read at all',
    },
    { field: 'espSpi', use: 'normalised', of: 'ESP', how: 'whom data are for: who got the first of them' },
    {
      field: 'espSequence',
      use: 'compared',
      of: 'ESP',
      how: 'with those before it of its SPI: it is greater. Where some are missing, they were lost before anybody saw them',
    },
  ],
}
