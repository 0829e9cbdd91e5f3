import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { Experiment } from '../../lab/experiment.ts'
import { mipv6Experiments } from '../../lab/mipv6/experiments.ts'
import { sipExperiments } from '../../lab/sip.ts'
import { strongSwanExperiments } from '../../lab/strongswan.ts'
import { wireGuardExperiments } from '../../lab/wireguard.ts'
import { describeWith, tshark } from '../programs.ts'

const main = resolve(import.meta.dirname, '../../dist/lab/main.js')
const lab = (args: string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env: { ...process.env, ...env } })

// The experiments themselves take minutes and need root: `npm run lab -- sip-direct` runs one.
test('an experiment that is not there, or none at all: the list', () => {
  for (const args of [['nothing'], []]) {
    const { status, stderr } = lab(args)
    expect(status).toBe(10)
    expect(stderr).toMatch(/There are:\n {2}sip-direct: /)
  }
})

test('what is missing is said, with the names of the packages', () => {
  const { status, stderr, stdout } = lab(['sip-direct'], { PATH: '/nowhere' })
  expect(status).toBe(10)
  expect(stderr).toMatch(/^Skipped: (network namespaces need root|.*baresip-core)/)
  expect(stdout).toBe('')
})

describeWith(tshark, 'what became of a run', () => {
  test.each<[string, Experiment | undefined, RegExp]>([
    ['sip-direct-one-move', sipExperiments['sip-direct'], /^The call survived$/],
    ['sip-direct-double-jump', sipExperiments['sip-direct'], /^The call was lost 32\.0 s after/],
    ['sip-proxy-loose-route-double-jump', sipExperiments['sip-direct'], /^The call was lost 29\.9 s after/],
    ['sip-proxy-replace-double-jump', sipExperiments['sip-replace'], /^The call survived$/],
    ['mipv6-double-jump', mipv6Experiments['mipv6-ro-rfc'], /other went 1\.0 s after/],
    ['mipv6-re-forwarding-double-jump', mipv6Experiments['mipv6-home-address'], /other went 0\.0 s after/],
    ['wireguard-double-jump', wireGuardExperiments.wireguard, /^The tunnel was lost.* 10 initiations/],
    ['wireguard-one-move', wireGuardExperiments.wireguard, /^The tunnel survived$/],
    ['mobike-double-jump', strongSwanExperiments.mobike, /^The IKE SA was lost.* 25\.0 s/],
    ['mobike-one-move', strongSwanExperiments.mobike, /^The IKE SA moved$/],
  ])('%s', (name, experiment, fate) => {
    expect(experiment!.fateOf(resolve(import.meta.dirname, '../conform/captures', `${name}.pcapng`))).toMatch(fate)
  })
})
