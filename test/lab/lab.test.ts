import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { bothMove, type Course, moves } from '../../lab/course.ts'
import type { Experiment } from '../../lab/experiment.ts'
import { mipv6Experiments } from '../../lab/mipv6/experiments.ts'
import { prediction } from '../../lab/prediction.ts'
import { quicExperiments } from '../../lab/quic.ts'
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

test('each is listed with what happens in it, act by act', () => {
  const { status, stdout } = lab(['--list'])
  expect(status).toBe(0)
  expect(stdout).toMatch(
    /sip-direct-returns: .*\n +at 50 s a moves to its second network, b moves to its second network; at 70 s b moves to its first network\n/,
  )
})

test('an end that is none is refused', () => {
  const { status, stderr } = lab(['sip-direct', '--until', 'tomorrow'])
  expect([status, stderr]).toEqual([10, "--until is 'settled' or 'end', not 'tomorrow'.\n"])
})

test.each<[string, Course, RegExp]>([
  ['sip/direct', [moves(0, 'a')], /survives in every run/],
  ['sip/direct', bothMove(0), /there are runs in which the session is lost/],
  ['wireguard/roaming', [moves(0, 'b')], /survives in every run/],
  ['mobike/single-homed', bothMove(0), /there are runs in which the session is lost/],
  ['quic/client-migration', [moves(0, 'b')], /there are runs in which the session is lost/],
  ['quic/preferred-address', [], /nobody moves/],
])('what the model says of the moves of a course: %s', (target, course, says) => {
  expect(prediction(target, course)).toMatch(says)
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
    [
      'sip-direct-callee-moves-and-hangs-up-unnoticed',
      sipExperiments['sip-direct-mover-hangs-up'],
      /^A user hung up, and the BYE was answered$/,
    ],
    ['wireguard-double-jump', wireGuardExperiments.wireguard, /^The tunnel was lost.* 10 initiations/],
    ['wireguard-one-move', wireGuardExperiments.wireguard, /^The tunnel survived$/],
    ['mobike-double-jump', strongSwanExperiments.mobike, /^The IKE SA was lost.* 25\.0 s/],
    ['mobike-one-move', strongSwanExperiments.mobike, /^The IKE SA moved$/],
    ['quic-one-move', quicExperiments['quic-one-move'], /^Data flow both ways$/],
    ['quic-double-jump', quicExperiments.quic, /^Data flow neither way$/],
    ['quic-translated-port-changes', quicExperiments['quic-translated'], /^Data flow both ways$/],
    ['quic-ngtcp2-client-migrates', quicExperiments['quic-ngtcp2'], /^Data flow both ways$/],
  ])('%s', (name, experiment, fate) => {
    expect(experiment!.fateOf(resolve(import.meta.dirname, '../conform/captures', `${name}.pcapng`))).toMatch(fate)
  })
})
