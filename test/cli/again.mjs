// The program, asked again and again in one process: what a test asks does not pay for Node's start, for loading the program, and for its threads.
// What is asked comes in lines of JSON through one pipe, and what came of it goes out through the other one.
import { createReadStream, existsSync, openSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { tell } from '../../dist/joined/cli.end.js'
import { run } from '../../dist/joined/cli.program.js'
import { forgetFiles } from '../../dist/joined/cli.threads.js'

const [asked, answers] = process.argv.slice(2)
const said = { out: [], err: [] }

/** Takes what is written to a stream, as whoever reads a pipe does. */
function take(stream, where) {
  stream.write = (text, encoding, done) => {
    where.push(Buffer.from(text, typeof encoding === 'string' ? encoding : 'utf8'))
    const told = typeof encoding === 'function' ? encoding : done
    if (told !== undefined) process.nextTick(told)
    return true
  }
}

take(process.stdout, said.out)
take(process.stderr, said.err)

const written = (parts) => Buffer.concat(parts.splice(0))

// In the order in which the other end opens them: each waits for the other.
const [asking, answering] = [openSync(asked, 'r'), openSync(answers, 'w')]
for await (const line of createInterface({ input: createReadStream('', { fd: asking }) })) {
  const { args, cwd } = JSON.parse(line)
  process.chdir(cwd)
  const code = await run(args).catch(tell)
  // A file may be another one by the next time.
  if (args.some((arg) => existsSync(arg.replace(/(\.[cm]?[jt]s)\/[^/]*$/, '$1')))) await forgetFiles()
  const answer = Buffer.from(`${JSON.stringify({ code, out: written(said.out).toString('base64'), err: written(said.err).toString() })}\n`)
  for (let at = 0; at < answer.length; ) at += writeSync(answering, answer, at)
}
process.exit(0)
