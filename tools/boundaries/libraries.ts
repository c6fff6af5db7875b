/**
 * Where each outside library may be imported, package by package: exactly one folder (or file) of a package,
 * so that replacing a library is the work of one afternoon. A library without a row may be imported nowhere.
 * Patterns are matched from the start of the path.
 */
export const libraries: Readonly<Record<string, readonly string[]>> = {
  '@electric-sql/pglite': ['cloud/platform/postgres/'],
  '@fastify/cookie': ['cloud/platform/http/'],
  '@fastify/static': ['cloud/platform/http/'],
  '@fastify/swagger': ['cloud/platform/http/'],
  '@fontsource-variable/inter': ['apps/kit/'],
  '@fontsource-variable/noto-sans-kr': ['apps/kit/'],
  '@fontsource-variable/noto-sans-sc': ['apps/kit/'],
  '@hpke/core': ['wire/seals/node\\.hpke\\.test\\.ts'],
  '@lingui/core': ['apps/kit/'],
  '@lingui/message-utils': ['apps/kit/'],
  '@photostructure/sqlite': ['terminal/journal/'],
  '@tanstack/react-query': ['apps/(courier|operator)/'],
  aedes: ['cloud/platform/mqtt/'],
  esbuild: ['apps/build/'],
  fastify: ['cloud/platform/http/'],
  'libphonenumber-js': ['cloud/people/'],
  idb: ['apps/kit/'],
  mqtt: ['terminal/uplink/', 'cloud/platform/mqtt/'],
  nodemailer: ['cloud/notices/'],
  pg: ['cloud/platform/postgres/'],
  pino: ['terminal/platform/', 'cloud/platform/'],
  preact: ['apps/'],
  qrcode: ['apps/kit/', 'tools/demo/'],
  react: ['apps/'],
  'react-dom': ['apps/'],
  selfsigned: ['tools/demo/'],
  serialport: ['terminal/(boards/line|peripherals)/serial\\.ts'],
  /** Whatever stands at an edge parses with it. */
  typebox: ['wire/', 'terminal/', 'cloud/'],
  vite: ['apps/(build/|vite-env\\.d\\.ts)'],
  'zxing-wasm': ['apps/kit/'],
}

/** Node's own modules that have one home as well. All others are open to terminal, cloud and simulator. */
export const builtins: Readonly<Record<string, readonly string[]>> = {
  crypto: ['wire/seals/node\\.(hpke\\.)?ts'],
  sqlite: ['terminal/journal/'],
}
