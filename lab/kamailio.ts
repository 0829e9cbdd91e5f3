import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SERVERS } from './network.ts'

/**
 * What the proxy does with a re-INVITE: follows its Request-URI, looks the callee up, or looks up and sends again when the callee
 * registers, beside the branch that is pending or in its place.
 */
export type Routing = 'loose-route' | 'look-up' | 'look-up and resend' | 'look-up and replace'

/** Where the registrar and proxy of both hosts is: on the router. */
export const [SERVER] = SERVERS

/**
 * Writes a configuration of Kamailio: registrar and proxy that stays on the route of the dialog (RFC 3261 §10, §16).
 *
 * @param refuses addresses from which nobody may register (403)
 */
export function kamailioConfig(routing: Routing, folder: string, refuses: readonly string[]): string {
  const path = join(folder, 'kamailio.cfg')
  mkdirSync(folder, { recursive: true })
  const resend = routing === 'look-up and resend'
  const replace = routing === 'look-up and replace'
  const modules = ['tm', 'sl', 'rr', 'pv', 'maxfwd', 'usrloc', 'registrar', 'siputils', 'textops']
  const inDialog = {
    'loose-route': '',
    // The Request-URI names a contact; To names the address-of-record of whoever is called.
    'look-up': 'if (is_method("INVITE")) { $ru = "sip:" + $tU + "@" + $td; lookup("location"); }',
    'look-up and resend':
      'if (is_method("INVITE")) { $ru = "sip:" + $tU + "@" + $td; t_newtran(); ts_store(); lookup("location"); }',
    // Which INVITE is pending for whom; one that is cancelled because its callee has registered is looked up again.
    'look-up and replace':
      'if (is_method("INVITE")) { $ru = "sip:" + $tU + "@" + $td; $sht(call=>$tU) = $ci; $sht(cseq=>$tU) = $cs; lookup("location"); t_set_fr("120000", "5000"); t_on_failure("AGAIN"); }',
  }[routing]
  // t_cancel_callid does not end a branch without any answer; what does is its time-out, and the flag then tells the failure route why.
  const onRegister = resend
    ? 'ts_append("location", "$tu");'
    : replace
      ? 'if ($sht(call=>$tU) != $null && $hdr(Expires) != "0") { t_cancel_callid("$sht(call=>$tU)", "$sht(cseq=>$tU)", "21"); $sht(call=>$tU) = $null; }'
      : ''
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
${[...modules, ...(resend ? ['tsilo'] : []), ...(replace ? ['tmx', 'htable'] : [])].map((name) => `loadmodule "${name}.so"`).join('\n')}
modparam("tm", "fr_timer", 30000)
modparam("tm", "fr_inv_timer", 120000)
modparam("usrloc", "db_mode", 0)
${replace ? 'modparam("htable", "htable", "call=>size=4;")\nmodparam("htable", "htable", "cseq=>size=4;")' : ''}
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
  ${refuses.map((address) => `if (is_method("REGISTER") && $si == "${address}") { sl_send_reply("403", "Forbidden"); exit; }`).join('\n  ')}
  if (is_method("REGISTER")) { save("location"); ${onRegister} exit; }
  if (is_method("INVITE")) record_route();
  if (!lookup("location")) { sl_send_reply("404", "Not Found"); exit; }
  t_relay();
}
${replace ? 'failure_route[AGAIN] {\n  if (isflagset(21)) { resetflag(21); $ru = "sip:" + $tU + "@" + $td; if (lookup("location")) { t_on_failure("AGAIN"); t_relay(); } }\n}' : ''}
`,
  )
  return path
}
