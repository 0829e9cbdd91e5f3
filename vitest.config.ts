import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['dist/**', 'node_modules/**'],
    // Vitest leaves one core to itself, which is half of a small machine.
    maxWorkers: '100%',
    // Every test searches for itself.
    env: { DOUBLEJUMP_CACHE: 'off' },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
