import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['dist/**', 'node_modules/**'],
    // Vitest leaves one core to itself, which is half of a small machine.
    maxWorkers: '100%',
    // Test files share a process and what it has loaded: to load all of it for each file took a quarter of the processor's time of those that search. No file changes what another one sees.
    isolate: false,
    globalSetup: ['test/temporary-folder.ts'],
    // Every test searches for itself.
    env: { DOUBLEJUMP_CACHE: 'off' },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
