import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { floors } from './floors.ts'
import { fromSource, root, tool } from './program.ts'

export interface Net {
  readonly name: string
  readonly args: readonly string[]
  /** A file without which there is nothing to check yet. */
  readonly needs?: string
  /** What is wrong with an output that came with exit code 0, or nothing. */
  readonly doubt?: (output: string) => string | undefined
}

/** In the order of what a developer wants to hear first. */
export const nets: readonly Net[] = [
  { name: 'types', args: [tool('tsc'), '-p', '.'] },
  { name: 'types of core', args: [tool('tsc'), '-p', 'core'] },
  { name: 'lint', args: [tool('oxlint'), '--deny-warnings'], doubt: fewFiles },
  { name: 'boundaries', args: fromSource('tools/boundaries/main.ts') },
  { name: 'tidy', args: fromSource('tools/tidy/main.ts') },
  { name: 'dead code', args: [tool('knip')] },
  { name: 'format', args: [tool('oxfmt'), '--check'] },
  { name: 'protocol', args: [...fromSource('tools/protocol/main.ts'), '--check'], needs: 'tools/protocol/main.ts' },
]

export const isThere = ({ needs }: Net): boolean => needs === undefined || existsSync(join(root, needs))

/** A linter that found no files is content with all of them. */
export function fewFiles(output: string): string | undefined {
  const files = Number(/ on (\d+) files/.exec(output)?.[1] ?? 0)
  return files >= floors.lintedFiles ? undefined : `only ${files} files linted, at least ${floors.lintedFiles} expected`
}
