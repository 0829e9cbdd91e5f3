import { readFileSync, readdirSync } from 'node:fs'
const root = '/work/wt/tunnels/dist'
const { judge } = await import(root + '/conform/judge.js')
const { variantOf } = await import(root + '/analysis/target.js')
const read = (file) => readFileSync(file, 'utf8').trim().split('\n').map((t, i) => { const { time, ...fields } = JSON.parse(t); return { line: i + 1, time, fields } })
const w7 = read('/tmp/07-wg-one-keepalive-its-end-moves.ndjson'), w8 = read('/tmp/08-wg-both-a-back-20s.ndjson'), w10 = read('/tmp/10c-wg-nat-port-changes-and-b-moves.ndjson')
const num = (ls) => ls.map((l, i) => ({ ...l, line: i + 1 }))
const map = (ls, f) => num(ls.map((l) => ({ ...l, fields: f(l.fields, l) })))
const sub = (ls, r) => map(ls, (f) => ({ ...f, src: r[f.src] ?? f.src, dst: r[f.dst] ?? f.dst }))
const cases = {
  w7, w8, w10,
  'w8 cut before return': num(w8.filter((l) => l.time < 46)),
  'w8 cut before move': num(w8.filter((l) => l.time < 26)),
  'w8 a silent after move': num(w8.filter((l) => l.time < 26 || l.fields.src !== '10.2.0.2')).filter(l=>l.time<46),
  'w8 b silent after move': num(w8.filter((l) => (l.time < 26 || l.fields.src !== '10.4.0.2') && l.time < 46)),
  'w8 a sticky for ever': num(sub(w8, { '10.2.0.2': '10.1.0.2' })).filter(l=>l.time<46),
  'w8 both sticky for ever': num(sub(w8, { '10.2.0.2': '10.1.0.2', '10.4.0.2': '10.3.0.2' })).filter(l=>l.time<46),
  'w8 back to third': num(w8.map((l) => l.time < 46 ? l : { ...l, fields: { ...l.fields, src: l.fields.src === '10.1.0.2' ? '10.5.0.2' : l.fields.src } })).filter(l=>l.time<52 && !(l.time>46 && l.fields.src==='10.4.0.2')),
  'w10 beyond': num(w10.filter((l) => [l.fields.src, l.fields.dst].includes('10.3.0.1'))),
  'w10 beyond, r3 only': num(w10.filter((l) => [l.fields.src, l.fields.dst].includes('10.3.0.1') && ![l.fields.src, l.fields.dst].includes('10.4.0.2'))),
  'w10 inside': num(w10.filter((l) => [l.fields.src, l.fields.dst].includes('10.1.0.2'))),
  'w7 once': num(w7.filter((l, i) => i % 2 === 0)),
  'w7 merged late': num([...w7.filter((l, i) => i % 2 === 0), ...w7.filter((l, i) => i % 2 === 1).map((l) => ({ ...l, time: l.time + 0.03 }))].sort((x, y) => x.time - y.time)),
  'w7 two tunnels': num([...w7, ...map(w7, (f) => ({ ...f, src: f.src.replace('10.', '11.'), dst: f.dst.replace('10.', '11.'), ...(f.wgSender ? { wgSender: f.wgSender + '9' } : {}), ...(f.wgReceiver ? { wgReceiver: f.wgReceiver + '9' } : {}) })).map((l) => ({ ...l, time: l.time + 0.1 }))].sort((x, y) => x.time - y.time)),
  'w7 responder keeps': num(w7.map((l) => l)).map((l) => l),
  'w7 begins late': num(w7.slice(10)),
  'w10 begins late': num(w10.slice(10)),
  'w7 v6': map(w7, (f) => ({ ...f, src: 'fd00::' + f.src.split('.')[1], dst: 'fd00::' + f.dst.split('.')[1] })),
  'w7 rekey': (() => {
    const t0 = 121
    const mk = (t, f) => [{ time: t, fields: f }, { time: t + 0.0001, fields: f }]
    const p = { srcPort: '51820', dstPort: '51820' }
    const a = '10.2.0.2', b = '10.3.0.2'
    return num([...w7,
      ...mk(t0, { ...p, src: a, dst: b, length: '156', wgType: '1', wgSender: '0xaa' }),
      ...mk(t0 + 0.01, { ...p, src: b, dst: a, length: '100', wgType: '2', wgSender: '0xbb', wgReceiver: '0xaa' }),
      ...mk(t0 + 0.011, { ...p, src: a, dst: b, length: '136', wgType: '4', wgReceiver: '0xbb', counter: '0' }),
      ...mk(t0 + 0.012, { ...p, src: b, dst: a, length: '136', wgType: '4', wgReceiver: '0xaa', counter: '0' }),
      ...mk(t0 + 5.012, { ...p, src: a, dst: b, length: '40', wgType: '4', wgReceiver: '0xbb', counter: '1' }),
      ...mk(t0 + 15.012, { ...p, src: a, dst: b, length: '40', wgType: '4', wgReceiver: '0xbb', counter: '2' }),
      ...mk(t0 + 25.012, { ...p, src: a, dst: b, length: '40', wgType: '4', wgReceiver: '0xbb', counter: '3' }),
      ...mk(t0 + 120, { ...p, src: b, dst: a, length: '156', wgType: '1', wgSender: '0xcc' }),
      ...mk(t0 + 120.01, { ...p, src: a, dst: b, length: '100', wgType: '2', wgSender: '0xdd', wgReceiver: '0xcc' }),
      ...mk(t0 + 120.011, { ...p, src: b, dst: a, length: '40', wgType: '4', wgReceiver: '0xdd', counter: '0' }),
      ...mk(t0 + 121.011, { ...p, src: a, dst: b, length: '40', wgType: '4', wgReceiver: '0xcc', counter: '0' }),
    ])
  })(),
}
const only = process.argv[2]
for (const [name, lines] of Object.entries(cases)) {
  if (only && name !== only) continue
  const out = []
  let detail = ''
  for (const v of process.argv[3] ? process.argv[3].split(',') : ['roaming', 'persistent-keepalive', 'one-keepalive', 'overlap', 're-resolve-both']) {
    const { protocol, variant } = variantOf('wireguard/' + v)
    const t = Date.now()
    try {
      const j = judge(protocol, variant, lines, { most: 150000, tolerance: 0.1 })
      out.push(`${v}: ${j.verdict.kind} ${'consumed' in j.verdict ? j.verdict.consumed : j.mapped.seen.length}/${j.mapped.seen.length} ${JSON.stringify(j.moves)} ${j.losses} ${Date.now() - t}ms`)
      if (only && 'at' in j.verdict) detail += JSON.stringify(j.verdict.at) + JSON.stringify(j.verdict.instead?.slice(0, 6)) + '\n'
      if (process.argv[4] && j.verdict.kind === 'conforms') for (const [i, s] of j.verdict.trace.steps.entries()) console.log(s.text, j.verdict.lines[i].join(','))
    } catch (e) { out.push(`${v}: ${e.name} ${e.message.slice(0, 100)}`) }
  }
  console.log('==', name, '\n   ' + out.join('\n   ') + '\n' + detail)
}
