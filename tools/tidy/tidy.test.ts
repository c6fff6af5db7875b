import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { tidy } from './tidy.ts'
import { readTree } from './tree.ts'

let root = ''

/** One offence of every kind, as files of a repository. */
const planted: Record<string, string> = {
  ...Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`core/door/part${index}.ts`, 'const a = 1\n'])),
  'core/door/long.ts': 'const a = 1\n'.repeat(301),
  'core/door/door.test.ts': `it('opens', () => {\n${'  open()\n'.repeat(60)}})\nit.skip('shuts', () => {})\n`,
  'docs/guides/run.md': '[gone](gone.md)\n',
  'docs/decisions/1-one.md': '',
  'cloud/misc.ts': "@Injectable()\nconst at = new Date() // TODO\nconst home = '/root/town'\nrefuse('bad-luck')\n",
  '.npmrc': 'registry=https://registry.npmjs.org\n',
  'wire/codes/codes.ts': "export const codes = {\n  'stale-epoch': { messages: {} },\n}\n",
  'wire/examples/cabinet/lost.v1.json': '{}',
  'node_modules/pg/todo.ts': '// TODO',
  'tools/check/planted/any.ts': '// TODO',
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-tidy-'))
  for (const [path, text] of Object.entries(planted)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

it('finds every kind of offence on disk, and none in what people do not write', () => {
  const findings = tidy(readTree(root))
  expect([...new Set(findings.map(({ rule }) => rule))].toSorted()).toEqual(
    [
      'claim-length',
      'clock',
      'code-documented',
      'decision-number',
      'decorator',
      'example-used',
      'file-length',
      'file-name',
      'folder-width',
      'link',
      'machine-path',
      'readme',
      'registry-host',
      'reminder',
      'sleeping-test',
      'source-figures',
    ].toSorted(),
  )
  expect(findings.filter(({ path }) => /node_modules|planted/.test(path))).toEqual([])
})
