import { readFileSync } from 'node:fs'
const root = '/work/wt/tunnels/dist'
const { judge } = await import(root + '/conform/judge.js')
const { variantOf } = await import(root + '/analysis/target.js')
const [file, target, most, trace] = process.argv.slice(2)
const lines = readFileSync(file, 'utf8').trim().split('\n').map((t, i) => { const { time, ...fields } = JSON.parse(t); return { line: i + 1, time, fields } })
const { protocol, variant } = variantOf(target)
const t = Date.now()
const j = judge(protocol, variant, lines, { most: Number(most ?? 150000), tolerance: 0.1 })
console.log(j.verdict.kind, 'consumed' in j.verdict ? j.verdict.consumed : '', j.mapped.seen.length, JSON.stringify(j.moves), j.losses, Date.now() - t, 'ms')
if ('at' in j.verdict) console.log(j.verdict.at, 'instead' in j.verdict ? j.verdict.instead.slice(0,5) : '')
if (j.verdict.kind === 'conforms' && trace) for (const [i, s] of j.verdict.trace.steps.entries()) console.log(s.text, j.verdict.lines[i].join(','))
if (process.env.DUMP) { const e=Object.entries(globalThis.K??{}); console.log('RUN',JSON.stringify(globalThis.H)); const m={}; for (const [k,n] of e) { const c=k.split(' ')[0]; (m[c]??=[]).push([n,k]) } for (const c of Object.keys(m)) { console.log(c, m[c].length); for (const [n,k] of m[c].sort((a,b)=>b[0]-a[0]).slice(0,12)) console.log('   ',n,k) }}
