import { describe, expect, it } from 'vitest'
import { claimLength, fileLength, folderWidth, readmes } from './shape.ts'
import type { Tree } from './tree.ts'

const files = (...paths: string[]): Tree => paths.map((path) => ({ path, text: '' }))
const numbered = (folder: string, count: number, ending: string): string[] =>
  Array.from({ length: count }, (_, index) => `${folder}/part${index}${ending}`)
const lines = (count: number): string => 'line\n'.repeat(count)

describe('a folder', () => {
  it('holds nine stems', () => {
    expect(folderWidth(files(...numbered('core/door', 9, '.ts')))).toEqual([])
  })

  it('does not hold ten', () => {
    expect(folderWidth(files(...numbered('core/door', 10, '.ts')))).toEqual([
      { rule: 'folder-width', path: 'core/door', says: '10 stems, at most 9' },
    ])
  })

  it('counts a test with its source, and no README', () => {
    const sources = numbered('core/door', 9, '.ts')
    expect(folderWidth(files(...sources, ...numbered('core/door', 9, '.test.ts'), 'core/door/README.md'))).toEqual([])
  })

  it.each(['wire/examples/cabinet', 'cloud/platform/postgres/migrations', 'docs/decisions', 'apps/kit/words'])(
    'that collects (%s) may be wide',
    (folder) => {
      expect(folderWidth(files(...numbered(folder, 40, '.json')))).toEqual([])
    },
  )
})

describe('a file', () => {
  it.each(['core/door/door.ts', 'core/door/door.test.ts', 'apps/kit/kit.css', 'docs/guides/run.md', '.ci/run'])(
    'has at most 300 lines: %s',
    (path) => {
      expect(fileLength([{ path, text: lines(300) }])).toEqual([])
      expect(fileLength([{ path, text: lines(301) }])).toEqual([
        { rule: 'file-length', path, says: '301 lines, at most 300' },
      ])
    },
  )

  it('may be longer when a program wrote it', () => {
    expect(fileLength([{ path: 'docs/protocol/http.md', text: lines(900) }])).toEqual([])
  })
})

describe('a claim', () => {
  const test = (body: number): string => `describe('a door', () => {\n  it('shuts', () => {\n${lines(body)}  })\n})\n`

  it('of fifty lines is told in one breath', () => {
    expect(claimLength([{ path: 'core/door/door.test.ts', text: test(48) }])).toEqual([])
  })

  it('of more is found with its line', () => {
    expect(claimLength([{ path: 'core/door/door.test.ts', text: test(49) }])).toEqual([
      { rule: 'claim-length', path: 'core/door/door.test.ts:2', says: 'a claim of 51 lines, at most 50' },
    ])
  })

  it('is not the description around it', () => {
    const many = Array.from({ length: 30 }, () => "  it('shuts', () => {\n    shut()\n  })\n").join('')
    expect(claimLength([{ path: 'core/door/door.test.ts', text: `describe('a door', () => {\n${many}})\n` }])).toEqual(
      [],
    )
  })
})

describe('a room', () => {
  const code = files('cloud/main.ts', 'cloud/parcels/parcels.ts', 'tools/tidy/tidy.ts', 'vitest.config.ts')

  it('opens with a README', () => {
    expect(readmes(code)).toEqual([
      { rule: 'readme', path: 'cloud', says: 'has no README.md' },
      { rule: 'readme', path: 'cloud/parcels', says: 'has no README.md' },
      { rule: 'readme', path: 'tools', says: 'has no README.md' },
    ])
  })

  it('tells itself in thirty lines', () => {
    const told = (count: number): Tree => [...files('core/door.ts'), { path: 'core/README.md', text: lines(count) }]
    expect(readmes(told(30))).toEqual([])
    expect(readmes(told(31))).toEqual([{ rule: 'readme', path: 'core/README.md', says: '31 lines, at most 30' }])
  })
})
