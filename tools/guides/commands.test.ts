import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandsIn } from './commands.ts'
import { guide, root } from './set-up.testing.ts'

/** What executes each command of the guides: a file, and words in it that do so. A new command wants its row. */
const executed: Readonly<Record<string, readonly [file: string, words: string]>> = {
  'git clone <this repository> holdfast': ['.ci/run', 'git clone'],
  'cd holdfast': ['.ci/run', 'cd "$scratch/clone"'],
  'npm start': ['.ci/run', 'npm start -- --fresh --tour'],
  'npx tsx apps/build/main.ts': ['tools/check/test.ts', 'buildApps'],
  'npm run cloud -- /etc/holdfast/cloud.json': ['tools/guides/set-up.testing.ts', 'cloud/main.ts'],
  'npm run cloud -- /etc/holdfast/cloud.json laggards': ['tools/guides/laggards.test.ts', "includes('laggards')"],
  'npm run cloud -- /etc/holdfast/cloud.json laggards the-name': [
    'tools/guides/laggards.test.ts',
    "includes('laggards')",
  ],
  'HOLDFAST_EMAIL=you@example.com HOLDFAST_PASSWORD=… npm run audit -- --url https://cloud.example': [
    'tools/audit/audit.test.ts',
    'main.ts',
  ],
  curl: ['tools/guides/set-up.testing.ts', 'commandsIn'],
}

const pages = readdirSync(join(root, 'docs/guides'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.md'),
)
const rowOf = (line: string): readonly [string, string] | undefined =>
  executed[line] ?? (line.startsWith('curl ') ? executed['curl'] : undefined)

describe('a command of the guides', () => {
  it.each(pages.flatMap((page) => commandsIn(guide(page)).map(({ line }) => [page, line] as const)))(
    'is executed by something: %s, %s',
    (_page, line) => {
      const [file = '', words = ''] = rowOf(line) ?? []
      expect(existsSync(join(root, file)), `nothing executes “${line}”`).toBe(true)
      expect(file === '' ? '' : readFileSync(join(root, file), 'utf8')).toContain(words)
    },
  )

  it('is read from blocks alone, with its heading and without the note behind it', () => {
    const page = [
      '# Run',
      'npm start is told here',
      '```',
      'npm start   # the town',
      'prints this',
      '```',
      '## Two',
    ].join('\n')
    expect(commandsIn(page)).toEqual([{ under: 'Run', line: 'npm start' }])
  })

  it('keeps its order, and quotes and hashes inside it', () => {
    const page =
      '# A\n```\ncurl -d \'{"a":"#1"}\' x\nDATABASE_URL=postgres://… npm start\n```\n## B\n```\nnpx vitest run x\n```\n'
    expect(commandsIn(page)).toEqual([
      { under: 'A', line: 'curl -d \'{"a":"#1"}\' x' },
      { under: 'A', line: 'DATABASE_URL=postgres://… npm start' },
      { under: 'B', line: 'npx vitest run x' },
    ])
  })
})
