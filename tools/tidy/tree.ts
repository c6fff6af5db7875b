import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

export interface Source {
  /** From the repository's root, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** Every text file of the repository that people write. */
export type Tree = readonly Source[]

export interface Finding {
  readonly rule: string
  readonly path: string
  readonly says: string
}

export type Rule = (tree: Tree) => readonly Finding[]

const unwritten = new Set([
  'node_modules',
  '.git',
  'dist',
  'planted',
  'coverage',
  '.town',
  'screenshots',
  'package-lock.json',
])
const textual =
  /(^|\/)(LICENSE|run|\.npmrc|\.gitignore)$|\.(tsx?|mjs|cjs|json|md|sql|css|html|sh|ya?ml|svg|po|hex|txt)$/

export function readTree(root: string): Tree {
  const found: Source[] = []
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (unwritten.has(entry.name)) continue
      const full = join(folder, entry.name)
      if (entry.isDirectory()) visit(full)
      const path = relative(root, full).replaceAll('\\', '/')
      if (entry.isFile() && textual.test(path)) found.push({ path, text: readFileSync(full, 'utf8') })
    }
  }
  visit(root)
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
export const isCode = (path: string): boolean => /\.(tsx?|mjs|cjs)$/.test(path) && !path.endsWith('.d.ts')
export const isTest = (path: string): boolean => /\.(test|contract|testing)\.tsx?$/.test(path)
/** Lines as an editor counts them: a last line break opens no new line. */
export const linesOf = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
