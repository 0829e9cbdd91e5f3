import { describe, expect, test } from 'vitest'
import { ask, kindsOf, told } from './ask.ts'

const lost = { 'binding-eventually-correct': 'violated', 'eventually-reachable-both-ways': 'violated' }
const found = { 'binding-eventually-correct': 'holds', 'eventually-reachable-both-ways': 'holds' }

describe('whitepaper §6.5: who has nothing to send is silent', () => {
  test('who has data decides: one host that moves is followed, and lost if it has none', () => {
    for (const variant of ['roaming', 'newest-packet']) {
      expect(kindsOf(ask(`wireguard/${variant}`, 'one-moves')), variant).toMatchObject(found)
      expect(kindsOf(ask(`wireguard/${variant}`, 'one-moves-other-silent')), variant).toMatchObject(found)
      expect(kindsOf(ask(`wireguard/${variant}`, 'one-moves-silent')), variant).toMatchObject(lost)
    }
  })

  test('it is the data alone: the same host that has some is found', () => {
    const options = { data: 'a' }
    expect(kindsOf(ask('wireguard/roaming', 'one-moves-silent', { scenario: { options } }))).toMatchObject(found)
  })

  test('a double jump is lost whoever has data', () => {
    for (const scenario of ['both-move', 'both-move-one-silent', 'both-move-both-silent'])
      expect(kindsOf(ask('wireguard/roaming', scenario)), scenario).toMatchObject(lost)
  })

  test('nobody is told anything by a silent host', () => {
    const steps = told(ask('wireguard/roaming', 'one-moves-silent')['binding-eventually-correct']!)
    expect(steps).toEqual(['a leaves west-1/a', 'a attaches as west-2/a'])
  })
})

describe('wg(8): a persistent keepalive at one end', () => {
  test('keeps the tunnel for its own end, not for the other', () => {
    expect(kindsOf(ask('wireguard/one-keepalive', 'one-moves'))).toMatchObject(found)
    expect(kindsOf(ask('wireguard/one-keepalive', 'other-moves'))).toMatchObject(lost)
  })

  test('a name that is looked up again helps if the keepalive is at the end that looks it up', () => {
    for (const scenario of ['one-moves', 'other-moves', 'both-move', 'both-move-one-loss', 'both-move-fair-loss'])
      expect(kindsOf(ask('wireguard/re-resolve-keepalive-at-asker', scenario)), scenario).toMatchObject(found)
    for (const scenario of ['one-moves', 'both-move'])
      expect(kindsOf(ask('wireguard/re-resolve-keepalive-at-named', scenario)), scenario).toMatchObject(lost)
  })
})

test('of make before break, a brief overlap helps only if older packets do not move the endpoint', () => {
  expect(kindsOf(ask('wireguard/overlap', 'both-move-brief-overlap'))).toMatchObject(lost)
  expect(kindsOf(ask('wireguard/overlap-newest-packet', 'both-move-brief-overlap'))).toMatchObject(found)
})

test('with a persistent keepalive some timer always runs: a long overlap never ends', () => {
  const verdicts = kindsOf(ask('wireguard/overlap', 'both-move-long-overlap'))
  expect(verdicts).toMatchObject({ ...found, 'a-good-end-is-reachable': 'violated' })
})
