import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { internetOf } from '../analysis/world.ts'
import { type SippScenario, sippScenarios } from '../conform/sipp.ts'
import { suiteFor } from '../conform/suite.ts'
import { startIn } from './experiment.ts'
import { ADDRESSES, type Network } from './network.ts'
import { configFor, UNTIL_POLL } from './sip.ts'

/** What SIPp needs besides what a call does. */
export const NEEDS = { baresip: 'baresip-core', sipp: 'sip-tester', ip: 'iproute2' } as const

interface Outcome {
  readonly scenario: SippScenario
  readonly passed: boolean
}

/** Suites of the called user agent: by which scenario of `sip/direct`. */
export const SUITES: Readonly<Record<string, { readonly title: string; readonly scenario: string }>> = {
  sipp: {
    title: 'the tests that the model makes of a called user agent whose peer moves twice, run by SIPp against baresip',
    scenario: 'one-moves-twice',
  },
  'sipp-moves': {
    title:
      'the same of one that is itself moved while its peer moves: half an hour, since baresip looks for its address once a minute',
    scenario: 'both-move',
  },
}

const scenariosOf = (suite: string): SippScenario[] =>
  sippScenarios(suiteFor(internetOf('sip/direct', SUITES[suite]!.scenario), 'b', 100_000))

/** Addresses of SIPp's machine, for the places that the peer of the user agent goes to. */
const ALIASES: Readonly<Record<string, string>> = {
  here: ADDRESSES.a[0],
  west_1: ADDRESSES.a[0],
  west_2: '10.1.0.3',
  west_3: '10.1.0.4',
}
/** And of the user agent's. */
const PLACES: Readonly<Record<string, string>> = { east_1: ADDRESSES.b[0], east_2: ADDRESSES.b[1] }

/** Runs each scenario of a suite against a baresip of its own. */
export async function runSipp(
  suite: string,
  network: Network,
  folder: string,
  tell: (words: string) => void,
): Promise<readonly Outcome[]> {
  for (const address of Object.values(ALIASES))
    spawnSync('ip', ['-n', network.space('a'), 'addr', 'add', `${address}/24`, 'dev', 'a0'])
  const start = startIn(network, folder)
  const outcomes: Outcome[] = []
  mkdirSync(folder, { recursive: true })
  for (const scenario of scenariosOf(suite)) {
    const file = join(folder, `${scenario.name}.xml`)
    writeFileSync(file, scenario.xml)
    const baresip = start('b', 'baresip', ['-f', configFor('b', undefined, folder)], `baresip-${scenario.name}`)
    // It is moved soon before it looks: a call whose 2xx is not acknowledged it ends after 32 s, and then has nothing to say of where it is.
    await pause(scenario.moves ? (UNTIL_POLL - 10) * 1000 : 1500)
    const asksForMove = join(folder, `${scenario.name}.move`)
    const keys = Object.entries({ ...ALIASES, ...PLACES, move: `touch ${asksForMove}` }).flatMap(([key, value]) => [
      '-key',
      key,
      value,
    ])
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
          '180s',
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
    const over = new Promise<number | null>((resolve) => sipp.once('close', resolve))
    const watching = setInterval(() => {
      if (!existsSync(asksForMove)) return
      clearInterval(watching)
      network.move('b', 1)
    }, 50)
    const status = await over
    clearInterval(watching)
    baresip.kill('SIGKILL')
    if (existsSync(asksForMove)) {
      network.move('b', 0)
      network.forget('b')
    }
    outcomes.push({ scenario, passed: status === 0 })
    tell(`${status === 0 ? 'passes' : 'fails '} ${scenario.name}: ${scenario.does}`)
  }
  return outcomes
}
