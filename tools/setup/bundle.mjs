import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Packages that stay outside the bundle: native code, wasm or worker files found beside their own source. */
export const outside = [
  '@electric-sql/pglite',
  '@photostructure/sqlite',
  '@sparticuz/chromium',
  'esbuild',
  'lightningcss',
  'pino',
  'playwright-core',
  'serialport',
  'vite',
  'zxing-wasm',
]

/** Written as a literal so that a bundle can find the program or worker that its source means. */
const program = /new URL\(\s*(['"])(\.{1,2}\/[^'"]+\.tsx?)\1\s*,\s*import\.meta\.url\s*\)/g

/**
 * Bundles a program into dist/ unless nothing it was made of has changed, and returns the file to run.
 * A source's `new URL('./other.ts', import.meta.url)` becomes a bundle of its own, so workers and child
 * programs start just the same; any other `import.meta.url` keeps naming the source file.
 * @param {string} root
 * @param {string} entry relative to root, with forward slashes
 * @returns {Promise<string>}
 */
export async function bundle(root, entry) {
  const stampFile = join(root, 'dist', `${bundleName(entry)}.stamp.json`)
  const built = bundlePath(root, entry)
  if (existsSync(built) && isFresh(root, stampFile)) return built
  const { build } = await import('esbuild')
  /** @type {Set<string>} */
  const inputs = new Set()
  const waiting = [entry]
  for (const next of waiting) {
    const result = await build(settings(root, next, waiting))
    for (const input of Object.keys(result.metafile.inputs)) inputs.add(input)
  }
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, JSON.stringify({ inputs: stamps(root, inputs), made: waiting }))
  return built
}

/** @param {string} entry */
const bundleName = (entry) => entry.replace(/\.tsx?$/, '').replaceAll('/', '.')

/** @param {string} root @param {string} entry */
export const bundlePath = (root, entry) => join(root, 'dist', `${bundleName(entry)}.mjs`)

/**
 * @param {string} root @param {string} entry @param {string[]} waiting
 * @returns {import('esbuild').BuildOptions & { metafile: true }}
 */
function settings(root, entry, waiting) {
  return {
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: bundlePath(root, entry),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    metafile: true,
    logLevel: 'error',
    external: outside.flatMap((name) => [name, `${name}/*`]),
    tsconfig: join(root, 'tsconfig.json'),
    banner: {
      js: "import { createRequire as holdfastRequire } from 'node:module'; const require = holdfastRequire(import.meta.url);",
    },
    plugins: [placesPlugin(root, waiting)],
  }
}

/**
 * @param {string} root @param {string[]} waiting
 * @returns {import('esbuild').Plugin}
 */
function placesPlugin(root, waiting) {
  return {
    name: 'places',
    setup(build) {
      build.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
        if (path.includes('/node_modules/')) return undefined
        const contents = placeSource(root, path, readFileSync(path, 'utf8'), (found) => {
          if (!waiting.includes(found)) waiting.push(found)
        })
        return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' }
      })
    },
  }
}

/**
 * @param {string} root @param {string} path @param {string} text @param {(entry: string) => void} found
 * @returns {string}
 */
export function placeSource(root, path, text, found) {
  return text
    .replace(program, (_whole, _quote, target) => {
      const entry = relative(root, resolve(dirname(path), target)).replaceAll('\\', '/')
      found(entry)
      return `new URL(${JSON.stringify(pathToFileURL(bundlePath(root, entry)).href)})`
    })
    .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
    .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
    .replaceAll('import.meta.filename', JSON.stringify(path))
}

/** @param {string} root @param {string} stampFile */
function isFresh(root, stampFile) {
  if (!existsSync(stampFile)) return false
  /** @type {{ inputs: Record<string, string>, made: string[] }} */
  const { inputs, made } = JSON.parse(readFileSync(stampFile, 'utf8'))
  const now = stamps(root, Object.keys(inputs))
  return (
    made.every((entry) => existsSync(bundlePath(root, entry))) &&
    Object.keys(inputs).every((file) => inputs[file] === now[file])
  )
}

/** @param {string} root @param {Iterable<string>} files */
function stamps(root, files) {
  /** @type {Record<string, string>} */
  const found = {}
  for (const file of files) {
    const state = statSync(join(root, file), { throwIfNoEntry: false })
    found[file] = state ? `${state.size}:${state.mtimeMs}` : 'gone'
  }
  return found
}
