import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SERVERS } from './network.ts'

/** What the proxy does with a re-INVITE: follows its Request-URI, looks the callee up, or looks up and sends again when the callee registers. */
export type Routing = 'loose-route' | 'look-up' | 'look-up and resend'

/** Where the registrar and proxy of both hosts is: on the router. */
export const [SERVER] = SERVERS

/** Writes a configuration of Kamailio: registrar and proxy that stays on the route of the dialog (RFC 3261 §10, §16). */
export function kamailioConfig(routing: Routing, folder: string): string {
  const path = join(folder, 'kamailio.cfg')
  mkdirSync(folder, { recursive: true })
  const resend = routing === 'look-up and resend'
  const modules = ['tm', 'sl', 'rr', 'pv', 'maxfwd', 'usrloc', 'registrar', 'siputils', 'textops']
  const inDialog = {
    'loose-route': '',
    // The Request-URI names a contact; To names the address-of-record of whoever is called.
    'look-up': 'if (is_method("INVITE")) { $ru = "sip:" + $tU + "@" + $td; lookup("location"); }',
    'look-up and resend':
      'if (is_method("INVITE")) { $ru = "sip:" + $tU + "@" + $td; t_newtran(); ts_store(); lookup("location"); }',
  }[routing]
  writeFileSync(
    path,
    `#!KAMAILIO
debug=1
log_stderror=yes
fork=yes
# One worker: baresip sends two REGISTERs at once, and which of them comes last decides what stays registered.
children=1
auto_aliases=no
listen=udp:${SERVER}:5060
alias="${SERVER}"
${[...modules, ...(resend ? ['tsilo'] : [])].map((name) => `loadmodule "${name}.so"`).join('\n')}
modparam("tm", "fr_timer", 30000)
modparam("tm", "fr_inv_timer", 120000)
modparam("usrloc", "db_mode", 0)
request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (has_totag()) {
    if (loose_route()) {
      ${inDialog}
      t_relay();
      exit;
    }
    if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
    sl_send_reply("404", "Not Here");
    exit;
  }
  if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
  if (is_method("REGISTER")) { save("location"); ${resend ? 'ts_append("location", "$tu");' : ''} exit; }
  if (is_method("INVITE")) record_route();
  if (!lookup("location")) { sl_send_reply("404", "Not Found"); exit; }
  t_relay();
}
`,
  )
  return path
}
