// How a run ends that is not let to its end: with what was found so far, a code of its own, and no stack trace.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { counting } from '../endless.ts'

const folder = mkdtempSync(join(tmpdir(), 'doublejump-ends-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const bin = resolve(import.meta.dirname, '../../bin/doublejump.js')
const endless = counting(folder, 'endless')
const stuck = counting(folder, 'stuck', 'if (me.number === 300) for (;;);')

/** Runs a command until it is far. */
async function searching(command: 'check' | 'bounds', file: string, ...flags: string[]) {
  const child = spawn(process.execPath, [bin, command, file, ...flags], { cwd: folder })
  let [out, err] = ['', '']
  child.stdout.on('data', (text) => (out += text))
  child.stderr.on('data', (text) => (err += text))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  while (!err.includes('far')) await wait(50)
  return { child, ended, said: () => ({ out, err }) }
}

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  test('ends with what was found so far, as incomplete', async () => {
    const { child, ended, said } = await searching('check', endless, '--json')
    child.kill(signal)
    expect(await ended).toBe(16)
    const { out, err } = said()
    expect(err).toContain('Interrupted: ending with what was found so far.')
    const { exitCode, checks } = JSON.parse(out)
    expect(exitCode).toBe(16)
    const searched = checks.filter((one: { incompleteBecause: string }) => one.incompleteBecause === 'interrupted')
    expect(searched.length).toBeGreaterThan(0)
    expect(Math.max(...searched.map(({ states }: { states: number }) => states))).toBeGreaterThan(100)
  })

  test('ends bounds likewise', async () => {
    const asked = ['--property', 'binding-eventually-correct', '--vary', 'silence=100..200/100', '--json']
    const { child, ended, said } = await searching('bounds', `${endless}/rendezvous`, ...asked)
    child.kill(signal)
    expect(await ended).toBe(16)
    const { out, err } = said()
    expect(err).toContain('Interrupted: ending with what was found so far.')
    expect(JSON.parse(out)).toMatchObject({ complete: false, points: [{ holds: null }, { holds: null }] })
  })

  test('a second one ends it at once', async () => {
    const { child, ended } = await searching('check', stuck)
    child.kill(signal)
    await wait(300)
    child.kill(signal)
    expect(await ended).toBe(signal === 'SIGINT' ? 130 : 143)
  })
})

const shell = (command: string) =>
  spawnSync('bash', ['-c', command], { encoding: 'utf8', env: { ...process.env, NODE: process.execPath, BIN: bin } })

describe('whoever reads has gone', () => {
  test.each([
    'list --json',
    'check sip-paper/interceptor --json',
    'explain sip-paper/direct --property binding-eventually-correct --format svg',
    'graph wireguard/roaming --format dot',
    'claims --paper 002',
    '--help',
  ])('%s', (command) => {
    // `true` reads nothing; the sleep lets it go before anything is written.
    const { stdout, stderr } = shell(`{ sleep 0.3; "$NODE" "$BIN" ${command}; echo "$?" >&3; } 3>&1 1> >(true)`)
    expect(stderr).toBe('')
    expect(stdout.trim()).toBe('0')
  })
})

describe('a full disk', () => {
  test.each([
    'list --json',
    'check sip-paper/interceptor',
    'explain sip-paper/direct --property binding-eventually-correct',
  ])('behind standard output: %s', (command) => {
    const { status, stderr } = shell(`"$NODE" "$BIN" ${command} > /dev/full`)
    expect(status).toBe(10)
    expect(stderr).toMatch(/standard output could not be written to .* full disk.* Make room/s)
    expect(stderr).not.toMatch(/\n +at /)
  })

  test.runIf(process.getuid?.() === 0)('under --out', () => {
    const disk = mkdtempSync(join(tmpdir(), 'doublejump-disk-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'tmpfs', disk])
    try {
      const { status, stderr, stdout } = shell(`"$NODE" "$BIN" check sip-paper/interceptor --out ${disk}/out`)
      expect(status).toBe(10)
      expect(stderr).toMatch(/cannot be written \(ENOSPC\).*disk is full/)
      expect(stderr).not.toMatch(/\n +at /)
      // The verdicts are not lost with it.
      expect(stdout).toContain('binding-eventually-correct')
    } finally {
      execFileSync('umount', [disk])
      rmSync(disk, { recursive: true })
    }
  })
})
