import { expect, test } from 'vitest'
import {
  digestOfEngine,
  digestOfProtocol,
  folderOf,
  moduleOf,
  type Program,
  programOf,
} from '../../analysis/kept/program.ts'
import { protocols } from '../../spec/protocols.ts'

const program = (changes: Readonly<Record<string, string>> = {}): Program =>
  programOf(
    new Map(
      Object.entries({
        'checker/explore.js': 'export const explore = 1',
        'spec/protocol.js': 'export {}',
        'spec/sip/index.js': "import { a } from './user-agent.js'",
        'spec/sip/user-agent.js': "import { p } from '../protocol.js'",
        'spec/sip-setup/index.js': 'export {}',
        'spec/mip-sip/index.js': "import { x } from '../sip/user-agent.js'",
        ...changes,
      }).map(([path, text]) => [path, moduleOf(path, text)]),
    ),
  )

const digests = (of: Program) => ({
  engine: digestOfEngine(of),
  sip: digestOfProtocol(of, 'sip'),
  paper: digestOfProtocol(of, 'sip-paper'),
  setup: digestOfProtocol(of, 'sip-setup'),
  both: digestOfProtocol(of, 'mip-sip'),
  unknown: digestOfProtocol(of, 'other'),
})

/** What is no longer the same after a module has changed. */
function changedBy(path: string): string[] {
  const [before, after] = [digests(program()), digests(program({ [path]: 'export const changed = true' }))]
  return Object.keys(before).filter((key) => before[key as keyof typeof before] !== after[key as keyof typeof after])
}

test.each([
  ['checker/explore.js', ['engine']],
  ['spec/protocol.js', ['engine']],
  ['spec/sip/user-agent.js', ['sip', 'paper', 'both', 'unknown']],
  ['spec/sip-setup/index.js', ['setup', 'unknown']],
  ['spec/sip/new.js', ['sip', 'paper', 'both', 'unknown']],
])('a change of %s is one of %j', (path, changed) => {
  expect(changedBy(path)).toEqual(changed)
})

test('the order in which modules are read says nothing', () => {
  const { modules } = program()
  expect(digests(programOf(new Map([...modules].reverse())))).toEqual(digests(program()))
})

test('every protocol that ships lies in the folder that its name says', async () => {
  const all = ['hip', 'ice', 'ilnp', 'mip', 'mip-lr', 'mip-ro', 'mip-sip', 'mipv6', 'mobike', 'mptcp', 'quic', 'sims']
  const shipped = [...all, 'sip', 'sip-setup', 'tmsp', 'wireguard']
  for (const protocol of protocols) {
    const folder = folderOf(protocol.name, shipped)
    expect(folder, protocol.name).not.toBeNull()
    const modules = [`../../spec/${folder}/index.ts`, ...(folder === 'tmsp' ? ['../../spec/tmsp/confusion.ts'] : [])]
    const exported = await Promise.all(modules.map((path) => import(path)))
    expect(exported.flatMap((module) => Object.values(module))).toContain(protocol)
  }
})
