import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { internetOf } from '../analysis/world.ts'
import { type SippScenario, sippScenarios } from '../conform/sipp.ts'
import { suiteFor } from '../conform/suite.ts'
import { startIn } from './experiment.ts'
import { ADDRESSES, type Network } from './network.ts'
import { configFor } from './sip.ts'

/** What SIPp needs besides what a call does. */
export const NEEDS = { baresip: 'baresip-core', sipp: 'sip-tester', ip: 'iproute2' } as const

interface Outcome {
  readonly scenario: SippScenario
  readonly passed: boolean
}

/** The suite of the called user agent: what the model says that it does while its peer moves, twice in quick succession. */
const scenarios = (): SippScenario[] =>
  sippScenarios(suiteFor(internetOf('sip/direct', 'one-moves-twice'), 'b', 100_000))

/** Addresses of SIPp's machine, for the places that the peer of the user agent goes to. */
const ALIASES: Readonly<Record<string, string>> = { here: ADDRESSES.a[0], west_2: '10.1.0.3', west_3: '10.1.0.4' }

/** Runs each scenario against a baresip of its own. */
export async function runSipp(
  network: Network,
  folder: string,
  tell: (words: string) => void,
): Promise<readonly Outcome[]> {
  for (const address of Object.values(ALIASES))
    spawnSync('ip', ['-n', network.space('a'), 'addr', 'add', `${address}/24`, 'dev', 'a0'])
  const start = startIn(network, folder)
  const outcomes: Outcome[] = []
  mkdirSync(folder, { recursive: true })
  for (const scenario of scenarios()) {
    const file = join(folder, `${scenario.name}.xml`)
    writeFileSync(file, scenario.xml)
    const baresip = start('b', 'baresip', ['-f', configFor('b', undefined, folder)], `baresip-${scenario.name}`)
    await pause(1500)
    const keys = Object.entries(ALIASES).flatMap(([key, address]) => ['-key', key, address])
    const files = [
      '-error_file',
      join(folder, `${scenario.name}.err`),
      '-message_file',
      join(folder, `${scenario.name}.msg`),
    ]
    const sipp = start(
      'a',
      'sipp',
      [
        ...[`${ADDRESSES.b[0]}:5060`, '-sf', file, '-m', '1', '-p', '5060'],
        ...[
          '-nostdin',
          '-pause_msg_ign',
          '-timeout',
          '90s',
          '-timeout_error',
          '-trace_err',
          '-trace_msg',
          ...files,
          ...keys,
        ],
      ],
      `sipp-${scenario.name}`,
    )
    // Not waited for in a way that blocks: somebody has to read what baresip says, or it stops.
    const status = await new Promise<number | null>((resolve) => sipp.once('close', resolve))
    baresip.kill('SIGKILL')
    outcomes.push({ scenario, passed: status === 0 })
    tell(`${status === 0 ? 'passes' : 'fails '} ${scenario.name}: ${scenario.does}`)
  }
  return outcomes
}
