import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { survey, type Survey } from './boundaries.ts'
import { builtins, libraries } from './libraries.ts'
import { rules } from './rules.ts'

/** What the plants lean on: one harmless file for each place. */
const ground = [
  'core/values/ids.ts',
  'core/door/door.ts',
  'core/cabinet/layout.ts',
  'core/parcel/parcel.ts',
  'wire/cabinet/orders.ts',
  'terminal/terminal.ts',
  'terminal/boards/bench.ts',
  'terminal/boards/line.ts',
  'terminal/journal/journal.ts',
  'cloud/cloud.ts',
  'cloud/platform/clock.ts',
  'cloud/cabinets/cabinets.ts',
  'cloud/cabinets/store.ts',
  'cloud/cabinets/routes.ts',
  'apps/kit/drawing.tsx',
  'apps/kiosk/kiosk.tsx',
  'simulator/world.ts',
  'tools/browser/browser.ts',
  'tools/tidy/tidy.ts',
]

/** A file, what it imports, and the rule that must bite. */
const trespasses: readonly (readonly [string, string, string])[] = [
  ['core/door/a.ts', 'node:fs', 'core-only-core'],
  ['core/door/b.ts', 'typebox', 'core-only-core'],
  ['core/door/c.ts', '@holdfast/wire/cabinet/orders.ts', 'core-only-core'],
  ['core/door/d.test.ts', '@holdfast/cloud/cloud.ts', 'core-tests'],
  ['core/values/a.ts', '../door/door.ts', 'core-values'],
  ['core/decider/a.ts', '../door/door.ts', 'core-decider'],
  ['core/cabinet/a.ts', '../parcel/parcel.ts', 'core-deciders-apart'],
  ['wire/cabinet/a.ts', '@holdfast/terminal/terminal.ts', 'wire-only-core'],
  ['wire/cabinet/b.ts', 'node:fs', 'wire-no-node'],
  ['terminal/journal/a.ts', '@holdfast/cloud/cloud.ts', 'terminal-alone'],
  ['terminal/journal/b.ts', '../../cloud/cloud.ts', 'terminal-alone'],
  ['cloud/parcels/a.ts', '@holdfast/terminal/terminal.ts', 'cloud-alone'],
  ['cloud/parcels/b.ts', '../cabinets/store.ts', 'capability-face'],
  ['cloud/parcels/c.ts', '@holdfast/cloud/cabinets/routes.ts', 'capability-face'],
  ['cloud/parcels/d.ts', '../cloud.ts', 'capability-below'],
  ['cloud/platform/a.ts', '../cabinets/cabinets.ts', 'platform-below'],
  ['apps/courier/a.tsx', '../kiosk/kiosk.tsx', 'app-alone'],
  ['apps/kit/a.tsx', '../kiosk/kiosk.tsx', 'kit-below'],
  ['apps/courier/b.tsx', '@holdfast/cloud/cloud.ts', 'apps-outside'],
  ['apps/courier/c.ts', 'node:path', 'apps-in-browsers'],
  ['simulator/a.ts', '@holdfast/terminal/boards/line.ts', 'simulator-faces'],
  ['simulator/b.ts', '@holdfast/cloud/cabinets/cabinets.ts', 'simulator-faces'],
  ['simulator/history/a.ts', '@holdfast/core/door/door.ts', 'history-apart'],
  ['simulator/history/b.ts', '../world.ts', 'history-apart'],
  ['simulator/c.ts', '@holdfast/apps/kit/drawing.tsx', 'simulator-no-apps'],
  ['tools/demo/a.ts', '@holdfast/cloud/cabinets/store.ts', 'tools-faces'],
  ['tools/demo/b.ts', '@holdfast/terminal/boards/line.ts', 'tools-faces'],
  ['cloud/parcels/e.ts', '../../tools/browser/browser.ts', 'tools-unseen'],
  ['cloud/parcels/e.test.ts', '../../tools/tidy/tidy.ts', 'tools-for-tests'],
  ['cloud/parcels/f.ts', './gone.ts', 'resolves'],
  ['cloud/parcels/g.ts', './e.test.ts', 'test-unseen'],
  ['terminal/circle.ts', './circle.two.ts', 'no-circle'],
  ['cloud/parcels/h.ts', 'left-pad', 'library-without-home'],
  ...Object.keys(libraries).map((name) => ['simulator/lib.ts', name, `home-of-${name}`] as const),
  ...Object.keys(builtins).map((name) => ['simulator/lib.ts', `node:${name}`, `home-of-node:${name}`] as const),
]

/** What must stay allowed. */
const visits: readonly (readonly [string, string])[] = [
  ['core/door/ok.ts', '../values/ids.ts'],
  ['core/door/ok.test.ts', 'vitest'],
  ['terminal/circle.two.ts', './circle.ts'],
  ['terminal/journal/ok.ts', 'node:sqlite'],
  ['wire/cabinet/ok.ts', '@holdfast/core/values/ids.ts'],
  ['wire/cabinet/schema.ts', 'typebox'],
  ['wire/seals/node.ts', 'node:crypto'],
  ['terminal/boards/line/serial.ts', 'serialport'],
  ['terminal/uplink/ok.ts', 'mqtt'],
  ['cloud/platform/mqtt/ok.ts', 'mqtt'],
  ['cloud/platform/postgres/ok.ts', 'pg'],
  ['cloud/parcels/ok.ts', '../cabinets/cabinets.ts'],
  ['cloud/parcels/store.ok.ts', '../platform/clock.ts'],
  ['cloud/parcels/ok.test.ts', '../cabinets/store.ts'],
  ['cloud/main.ts', './cabinets/store.ts'],
  ['apps/courier/ok.tsx', '../kit/drawing.tsx'],
  ['apps/courier/ok.test.ts', '../../tools/browser/browser.ts'],
  ['simulator/history/ok.ts', '@holdfast/core/values/ids.ts'],
  ['simulator/ok.ts', '@holdfast/terminal/boards/bench.ts'],
  ['tools/demo/ok.ts', '@holdfast/cloud/cabinets/cabinets.ts'],
  ['tools/demo/libs.ts', 'pg'],
]

let root = ''
let found: Survey

function write(path: string, text: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

function writeImports() {
  const texts = new Map<string, string[]>()
  // Every other one type-only, which makes no difference but for circles: a face's types may be named behind it.
  for (const [index, [path, target]] of [...trespasses, ...visits].entries()) {
    const line =
      index % 2 === 0 && !path.includes('circle')
        ? `import type { T } from '${target}'`
        : `import { a } from '${target}'\nexport const b${index} = a`
    texts.set(path, [...(texts.get(path) ?? []), line])
  }
  for (const [path, lines] of texts)
    write(path, `${lines.join('\n')}\n${path.endsWith('x') ? 'export const page = <p />' : ''}\n`)
}

function writePackages() {
  for (const name of [...Object.keys(libraries), 'left-pad', 'vitest']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
    write(`node_modules/${name}/index.js`, 'exports.a = 1')
  }
  mkdirSync(join(root, 'node_modules/@holdfast'))
  for (const part of ['core', 'wire', 'terminal', 'cloud', 'apps', 'simulator']) {
    write(`${part}/package.json`, JSON.stringify({ name: `@holdfast/${part}`, exports: { './*': './*' } }))
    symlinkSync(join('../..', part), join(root, 'node_modules/@holdfast', part))
  }
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-boundaries-'))
  for (const path of ground) write(path, 'export type T = 1\nexport const a = 1\n')
  writeImports()
  writePackages()
  found = await survey(root)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('the boundaries', () => {
  it.each(trespasses)('see that %s imports %s (%s)', (path, _target, rule) => {
    expect(found.trespasses.filter(({ from }) => from === path).map((trespass) => trespass.rule)).toContain(rule)
  })

  it.each(visits)('let %s import %s', (path) => {
    expect(found.trespasses.filter(({ from }) => from === path)).toEqual([])
  })

  it('have a plant for every rule', () => {
    const planted = new Set(trespasses.map(([, , rule]) => rule))
    expect(rules.map(({ name }) => name).filter((name) => name !== undefined && !planted.has(name))).toEqual([])
  })

  it('count what was analysed, so that an empty look is no clean one', () => {
    const files = new Set([...ground, ...trespasses.map(([path]) => path), ...visits.map(([path]) => path)])
    expect(found.analysed).toBe(files.size)
  })

  it('count nothing where nothing is', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'holdfast-nothing-'))
    mkdirSync(join(empty, 'core'))
    expect((await survey(empty)).analysed).toBe(0)
    rmSync(empty, { recursive: true })
  })

  it('know where every library of every package lives', () => {
    const read = (part: string) =>
      import(fileURLToPath(new URL(`../../${part}/package.json`, import.meta.url)), { with: { type: 'json' } })
    return Promise.all(['core', 'wire', 'terminal', 'cloud', 'apps', 'simulator'].map(read)).then((manifests) => {
      const asked = manifests.flatMap(({ default: manifest }) => Object.keys(manifest.dependencies ?? {}))
      expect(asked.filter((name) => !name.startsWith('@holdfast/') && !(name in libraries))).toEqual([])
    })
  })
})
