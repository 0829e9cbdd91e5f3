import asc from 'assemblyscript/asc'

/**
 * A program in AssemblyScript for one memory that threads share, compiled.
 * @throws Error with what the compiler says
 */
export async function compiledLoop(source: string): Promise<Uint8Array> {
  let binary: Uint8Array | undefined
  const { error, stderr } = await asc.main(
    [
      ...['loop.ts', '--outFile', 'loop.wasm', '-O3', '--converge', '--noAssert', '--runtime', 'stub'],
      ...['--importMemory', '--initialMemory', '1', '--maximumMemory', '65536', '--sharedMemory'],
      ...['--enable', 'threads', '--enable', 'bulk-memory'],
    ],
    {
      readFile: (name) => (name === 'loop.ts' ? source : null),
      writeFile: (name, contents) => {
        if (name === 'loop.wasm') binary = contents as Uint8Array
      },
      listFiles: () => [],
    },
  )
  if (error !== null || binary === undefined) throw new Error(`${stderr}`, { cause: error })
  return binary
}
