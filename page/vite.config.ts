import { resolve } from 'node:path'
import { defineConfig } from 'vite'
import { viteSingleFile } from 'vite-plugin-singlefile'

/** One HTML file that holds everything: it opens from disk and from a CI artifact. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [viteSingleFile()],
  resolve: {
    alias: [
      { find: /^.*\/kernel\.ts$/, replacement: resolve(import.meta.dirname, 'no-kernel.ts') },
      { find: /^d3-geo$/, replacement: resolve(import.meta.dirname, 'no-geography.ts') },
    ],
  },
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  worker: { format: 'iife' },
  build: {
    outDir: resolve(import.meta.dirname, '../dist/page'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 4000,
  },
})
