import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { compiledLoop } from './compiled-loop.ts'

/** `npm run wasm`: compiles `wasm/loop.ts` into `checker/wasm/bytes.ts`. */
const root = resolve(import.meta.dirname, '../..')
const file = resolve(root, 'checker/wasm/bytes.ts')
const text = `/** \`wasm/loop.ts\`, compiled by \`npm run wasm\`. */
export const BYTES =
  '${Buffer.from(await compiledLoop(readFileSync(resolve(root, 'wasm/loop.ts'), 'utf8'))).toString('base64')}'
`
writeFileSync(file, text)
