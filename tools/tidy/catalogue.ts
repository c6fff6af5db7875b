import { type Finding, isCode, isTest, nameOf, type Rule, type Tree } from './tree.ts'

/** Made from every table of codes by `npm run docs`, which holds page and tables equal: the register to look in. */
export const codesPage = 'docs/protocol/codes.md'
export const exampleFolder = 'wire/examples'

const kebab = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
/** Whatever refuses or fails by a literal: `refuse('…')`, `failure('…')`, `journalFailure('…')`. */
const said = /\b(?:refuse|failure|[a-z]+Failure)\(\s*'([^']+)'/g

/** The first column of the page's tables, in code marks. */
export const codesOf = (tree: Tree): ReadonlySet<string> => {
  const page = tree.find(({ path }) => path === codesPage)
  return new Set([...(page?.text ?? '').matchAll(/^\|\s*`([^`]+)`\s*\|/gm)].map(([, code = '']) => code))
}

export const codesDocumented: Rule = (tree) => {
  const codes = codesOf(tree)
  if (codes.size === 0) return [finding(codesPage, 'is missing')]
  return [...codes].filter((code) => !kebab.test(code)).map((code) => finding(codesPage, `${code} is not kebab-case`))
}

/** A refusal or failure by a literal nobody registered would reach people without words. */
export const refusalsRegistered: Rule = (tree) => {
  const codes = codesOf(tree)
  return tree
    .filter(({ path }) => isCode(path) && !isTest(path) && /^(core|wire|terminal|cloud)\//.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(said)]
        .filter(([, code = '']) => !codes.has(code))
        .map(([, code = '']) => finding(path, `${code} is not in ${codesPage}`)),
    )
}

/** An example is used when a schema or a test names its message, or reads its whole folder. */
export const examplesUsed: Rule = (tree) => {
  const readers = tree.filter(({ path, text }) => isCode(path) && text.includes('examples'))
  const named = tree.filter(({ path }) => isCode(path) && path.startsWith('wire/')).map(({ text }) => text)
  return tree
    .filter(({ path }) => path.startsWith(`${exampleFolder}/`) && path.endsWith('.json'))
    .flatMap(({ path }): Finding[] => {
      const message = nameOf(path).split('.')[0] ?? ''
      const known = named.some((text) => text.includes(`'${message}'`) || text.includes(`${message}:`))
      if (known && readers.length > 0) return []
      return [
        {
          rule: 'example-used',
          path,
          says: known ? 'no program reads the examples' : `no message is called ${message}`,
        },
      ]
    })
}

const finding = (path: string, says: string): Finding => ({ rule: 'code-documented', path, says })
