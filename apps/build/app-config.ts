import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { InlineConfig, Plugin } from 'vite'
import { wordsPlugin } from './words-plugin.ts'

export const appsFolder = fileURLToPath(new URL('..', import.meta.url))

/** These run on phones in the rain and on slow kiosk boxes: the same source on preact, 8 kB for 69 kB. */
const light: ReadonlySet<string> = new Set(['kiosk', 'recipient', 'town', 'gallery'])

const preact = [
  { find: /^react\/jsx-(dev-)?runtime$/, replacement: 'preact/jsx-runtime' },
  { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
  { find: /^react(-dom)?$/, replacement: 'preact/compat' },
]

/**
 * One app, one entry, one folder of output. Addresses are relative, so that it may be served under any path; no inline
 * script, no data: address, so that `default-src 'self'` holds (with 'wasm-unsafe-eval' where scanning is used).
 */
export function appConfig(app: string, outDir = join(appsFolder, 'dist', app)): InlineConfig {
  const root = join(appsFolder, app)
  const worker = join(root, 'offline-worker.ts')
  return {
    root,
    base: './',
    configFile: false,
    envDir: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { alias: light.has(app) ? preact : [] },
    plugins: [wordsPlugin(app), assetListPlugin()],
    // Tests build with NODE_ENV=test; React's production build has no development runtime.
    oxc: { jsx: { runtime: 'automatic', development: false } },
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      target: 'es2022',
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1500,
      reportCompressedSize: false,
      rolldownOptions: {
        // Libraries mark files for a server that we do not have.
        onLog: (level, log, tell) => {
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log)
        },
        input: { index: join(root, 'index.html'), ...(existsSync(worker) ? { 'service-worker': worker } : {}) },
        output: {
          entryFileNames: ({ name }) => (name === 'service-worker' ? 'service-worker.js' : 'assets/[name]-[hash].js'),
        },
      },
    },
  }
}

/** `assets.json`: every file of the app, for a service worker to keep. Hashed names make it the version as well. */
function assetListPlugin(): Plugin {
  return {
    name: 'holdfast-asset-list',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const files = Object.keys(bundle).filter((file) => file !== 'service-worker.js')
        this.emitFile({
          type: 'asset',
          fileName: 'assets.json',
          source: JSON.stringify([...files, 'index.html'].sort()),
        })
      },
    },
  }
}
