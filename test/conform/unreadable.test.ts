import { closeSync, mkdtempSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { doublejump } from '../cli/run.ts'
import { describeWith, tshark } from '../programs.ts'
import { captures, DIRECT } from './judged.ts'

const folder = mkdtempSync(join(tmpdir(), 'doublejump-conform-'))

describe('logs that cannot be judged', () => {
  const refuses = (name: string, content: string | Buffer, message: RegExp): void => {
    const path = join(folder, name)
    writeFileSync(path, content)
    const { code, err, out } = doublejump(['conform', path, '--protocol', 'sip/direct'])
    expect(code).toBe(10)
    expect(err).toMatch(message)
    expect(out).not.toContain('conforms')
  }

  test.each([
    ['empty.ndjson', '', /the log is empty/],
    ['junk.ndjson', '\u0000\u0001binary', /it is no JSON/],
    ['list.ndjson', '[1]\n', /no JSON object/],
    ['no-time.ndjson', '{"method":"INVITE"}\n', /'time' is no number/],
    ['deep.ndjson', '{"time":1,"method":{}}\n', /neither a text nor a number/],
    ['other.ndjson', '{"time":1,"src":"10.0.0.1","dst":"10.0.0.2"}\n', /No line of the log is an INVITE/],
    ['junk.pcapng', 'this is no capture at all', /which no capture does/],
  ])('%s', refuses)

  describeWith(tshark, 'by tshark', () => {
    test('a capture that is cut off before there is a call says so', () => {
      refuses(
        'truncated.pcapng',
        readFileSync(join(captures, `${DIRECT}.pcapng`)).subarray(0, 5000),
        /no 2xx of an INVITE is acknowledged.* is read up to its packet \d+: .*cut short/,
      )
    })
  })

  test('a protocol without a mapping, a variant that is not one, a file that is not there', () => {
    const path = join(captures, `${DIRECT}.ndjson`)
    expect(doublejump(['conform', path, '--protocol', 'ilnp/locator-update']).err).toMatch(
      /no mapping of logs for 'ilnp'/,
    )
    expect(doublejump(['conform', path, '--protocol', 'sip/nothing']).code).toBe(10)
    expect(doublejump(['conform', join(folder, 'nothing.pcapng'), '--protocol', 'sip/direct']).code).toBe(10)
  })

  test('a line that does not end is refused in bounded memory', () => {
    const path = join(folder, 'endless.ndjson')
    const file = openSync(path, 'w')
    const chunk = 'x'.repeat(1 << 20)
    for (let i = 0; i < 64; i++) writeSync(file, chunk)
    closeSync(file)
    const { code, err } = doublejump(['conform', path, '--protocol', 'sip/direct'], {
      env: { NODE_OPTIONS: '--max-old-space-size=120' },
    })
    expect(code).toBe(10)
    expect(err).toMatch(/more than 1000000 characters/)
  })
})
