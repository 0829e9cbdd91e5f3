import { readFileSync } from 'node:fs'
const root = '/work/wt/tunnels/dist'
const { judge } = await import(root + '/conform/judge.js')
const { variantOf } = await import(root + '/analysis/target.js')
const read = (file) => readFileSync(file, 'utf8').trim().split('\n').map((t, i) => { const { time, ...fields } = JSON.parse(t); return { line: i + 1, time, fields } })
const [file, target, fieldsAsked] = process.argv.slice(2)
const lines = read(file)
const { protocol, variant } = variantOf(target)
const stat = {}
const t0 = Date.now(); let n = 0, worst = 0
const alterations = {
  src: (v) => ['10.99.0.9'], dst: (v) => ['10.99.0.9'], srcPort: () => ['777'], dstPort: () => ['777'],
  wgType: (v) => ['1', '2', '4'].filter((x) => x !== v), wgReceiver: () => ['0x12345678'], counter: (v) => [String(+v + 1), String(Math.max(0, +v - 1)), '9999'], wgSender: () => ['0x12345678'], length: (v) => [v === '40' ? '136' : '40'],
  exchange: (v) => ['34', '35', '36', '37'].filter((x) => x !== v), messageId: (v) => ['0x' + (Number(v) + 1).toString(16).padStart(8, '0'), '0x00000099'], flags: (v) => ['0x' + (Number(v) ^ 0x20).toString(16), '0x' + (Number(v) ^ 8).toString(16)], initiatorSpi: () => ['ffff'], responderSpi: () => ['ffff'], notify: (v) => ['16400', '16399', ''].filter((x) => x !== v), espSpi: () => ['0x1'], espSequence: (v) => [String(+v + 1), '9999', '0'],
}
// the sightings of each packet
const key = (l) => JSON.stringify({ ...l.fields, src: 0, dst: 0, srcPort: 0, dstPort: 0 })
const groups = []
for (const l of lines) { const g = groups.findLast((g) => key(g[0]) === key(l) && l.time - g[0].time < 0.05); if (g) g.push(l); else groups.push([l]) }
for (const g of groups) for (const f of Object.keys(g[0].fields)) {
  if (fieldsAsked && !fieldsAsked.split(',').includes(f)) continue
  for (const [k, v] of (alterations[f]?.(g[0].fields[f]) ?? []).entries()) {
    if (v === g[0].fields[f]) continue
    const altered = lines.map((l) => g.includes(l) ? { ...l, fields: { ...l.fields, [f]: v } } : l)
    let r, at = ''
    const t = Date.now()
    try { const j = judge(protocol, variant, altered, { most: 150000, tolerance: 0.1 }); r = j.verdict.kind; if (r === 'diverges') { const l = j.verdict.at?.line; r = g.some((x) => x.line === l) ? 'here' : l === undefined ? 'missing' : l > g[0].line ? 'later' : 'EARLIER'; at = l } } catch (e) { if (e.name !== 'LogError') throw e; r = 'refused' }
    worst = Math.max(worst, Date.now() - t); n++
    const s = (stat[`${f}#${k}`] ??= {}); (s[r] ??= []).push(g[0].line + (r === 'later' || r === 'EARLIER' ? `>${at}` : ''))
  }
}
for (const [k, s] of Object.entries(stat)) console.log(k, Object.entries(s).map(([r, l]) => `${r}:${l.length}${r === 'here' ? '' : `(${l.slice(0, 12)})`}`).join(' '))
console.log(n, 'altered', Date.now() - t0, 'ms; worst', worst)
