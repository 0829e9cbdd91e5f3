import { type CaptureFields, type FieldUse, UDP_ADDRESSES } from './mapping.ts'

/** What is done with each field of QUIC. */
export const quicUses: readonly FieldUse[] = [
  {
    field: 'src',
    use: 'normalised',
    how: "where its sender is: another address than before is a move, or a translator's doing. Compared where the model says which one it is: a response comes from where its challenge went",
  },
  { field: 'srcPort', use: 'normalised', how: 'as a part of src' },
  {
    field: 'dst',
    use: 'compared',
    how: 'of data, with where the newest non-probing packet of the peer came from (§9.3); of a response, with where its challenge came from (§8.2.2); of a challenge, with where the peer is or was',
  },
  { field: 'dstPort', use: 'compared', how: 'as a part of dst' },
  {
    field: 'headerForm',
    use: 'normalised',
    how: 'what has a long header is the handshake: it says who is the client (who sends first), and is left out',
  },
  { field: 'connection', use: 'normalised', how: 'that of the first packet; others are left out' },
  { field: 'sender', use: 'normalised', how: 'who sends, where the log has no addresses' },
  {
    field: 'packetNumber',
    use: 'compared',
    how: 'with those before it of its sender: it is greater (§12.3). Where some are missing, they were lost before anybody saw them, or a datagram of the handshake had them',
  },
  {
    field: 'dcid',
    use: 'compared',
    how: 'one that its receiver has supplied and its sender has not retired (§5.1.2); not one that went to another address before, unless the peer keeps to its own as well (§9.5)',
  },
  { field: 'scid', use: 'normalised', how: 'of the handshake: the first connection ID of its sender' },
  { field: 'newId', use: 'normalised', how: 'what its sender supplies in NEW_CONNECTION_ID' },
  {
    field: 'newIdSequence',
    use: 'compared',
    how: 'which of them it is: with it there are no more, unless they are retired, than the peer takes, where the log says how many (§5.1.1)',
  },
  {
    field: 'retirePriorTo',
    use: 'normalised',
    how: 'up to which of its own its sender wants them retired: these are no longer counted (§5.1.1)',
  },
  {
    field: 'activeIds',
    use: 'normalised',
    how: 'how many of its peer an end takes, among its transport parameters (§18.2)',
  },
  {
    field: 'retired',
    use: 'compared',
    how: 'with those that the receiver has supplied; not the one that the packet itself goes to (§19.16)',
  },
  {
    field: 'frames',
    use: 'normalised',
    how: 'PATH_CHALLENGE, PATH_RESPONSE and CONNECTION_CLOSE are each a message; all others that are not probing (§9.1) are data, together one',
  },
  {
    field: 'challenge',
    use: 'compared',
    of: 'PATH_CHALLENGE',
    how: 'with those before it: each has data of its own (§8.2.1)',
  },
  {
    field: 'response',
    use: 'compared',
    of: 'PATH_RESPONSE',
    how: 'with the challenge that it answers, once, and on the path that this came by (§8.2.2)',
  },
  { field: 'preferred', use: 'normalised', how: "the server's preferred address (§9.6)" },
  { field: 'preferredPort', use: 'normalised', how: 'as a part of preferred' },
  { field: 'preferredId', use: 'normalised', how: 'its connection ID' },
  {
    field: 'length',
    use: 'ignored',
    how: 'challenges and responses fill 1200 octets where the amplification limit lets them (§8.2.1, §8.2.2); programs do not (see below), and no verdict turns on it',
  },
]

/** What tshark says of QUIC. */
export const quicCapture: CaptureFields = {
  what: 'QUIC',
  markers: ['headerForm'],
  fields: [
    ...UDP_ADDRESSES,
    ['udp.length', 'length'],
    ['quic.header_form', 'headerForm'],
    ['quic.connection.number', 'connection'],
    ['quic.packet_number', 'packetNumber'],
    ['quic.dcid', 'dcid'],
    ['quic.scid', 'scid'],
    ['quic.frame_type', 'frames'],
    ['quic.nci.connection_id', 'newId'],
    ['quic.nci.sequence', 'newIdSequence'],
    ['quic.nci.retire_prior_to', 'retirePriorTo'],
    ['quic.rci.sequence', 'retired'],
    ['tls.quic.parameter.active_connection_id_limit', 'activeIds'],
    ['quic.path_challenge.data', 'challenge'],
    ['quic.path_response.data', 'response'],
    ['tls.quic.parameter.preferred_address.ipv4address', 'preferred'],
    ['tls.quic.parameter.preferred_address.ipv4port', 'preferredPort'],
    ['tls.quic.parameter.preferred_address.connectionid', 'preferredId'],
  ],
}
