import { type Finding, folderOf, isTest, type Rule, type Source } from './tree.ts'

/** The pages whose every table row is a promise to people. */
export const promisePages: readonly string[] = ['docs/wants.md', 'docs/real-day.md']
/** `[name](../path.test.ts): "claim", "claim"`: a quote inside a claim is written `\"`. */
const proof = /\]\(([^)\s]+\.test\.tsx?)\):\s*((?:"(?:[^"\\]|\\.)*"(?:,\s*)?)+)/g
const claim = /"((?:[^"\\]|\\.)*)"/g

/** A promise to people stands on a test: the file is there, is a test, and still says what the page quotes of it. */
export const promisesShown: Rule = (tree) => {
  const files = new Map(tree.map((source) => [source.path, source.text]))
  return tree.filter(({ path }) => promisePages.includes(path)).flatMap((page) => unshown(page, files))
}

function unshown(page: Source, files: ReadonlyMap<string, string>): Finding[] {
  const finding = (says: string): Finding => ({ rule: 'promises-shown', path: page.path, says })
  return rowsOf(page).flatMap((row): Finding[] => {
    const promise = `“${row.split('|')[1]?.trim() ?? ''}”`
    const proofs = [...row.matchAll(proof)]
    if (proofs.length === 0) return [finding(`${promise} names no test`)]
    return proofs.flatMap(([, target = '', claims = '']) => {
      const path = pathFrom(page, target)
      const text = files.get(path)
      if (text === undefined || !isTest(path)) return [finding(`${promise}: ${path} is no test`)]
      return [...claims.matchAll(claim)]
        .map(([, quoted = '']) => quoted.replaceAll('\\"', '"'))
        .filter((quoted) => !text.includes(quoted))
        .map((quoted) => finding(`${promise}: ${path} does not claim “${quoted}”`))
    })
  })
}

/** A table's head and the rule below it promise nothing. */
function rowsOf({ text }: Source): readonly string[] {
  const lines = text.split('\n')
  const isRule = (line: string | undefined): boolean => /^\|[-|: ]+$/.test(line ?? '')
  return lines.filter((line, index) => line.startsWith('|') && !isRule(line) && !isRule(lines[index + 1]))
}

/** Beside the page, one folder up: every room of the house. */
function pathFrom(page: Source, target: string): string {
  const parts = folderOf(page.path).split('/')
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else parts.push(part)
  }
  return parts.filter((part) => part !== '').join('/')
}
