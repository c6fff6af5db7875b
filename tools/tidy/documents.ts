import { type Finding, folderOf, nameOf, type Rule, type Source } from './tree.ts'

/** A link inside a code block or span is an example, not a promise. */
const withoutCode = (text: string): string => text.replaceAll(/```[^]*?```/g, '').replaceAll(/`[^`\n]*`/g, '')

export const links: Rule = (tree) => {
  const files = new Map(tree.map((source) => [source.path, source]))
  const folders = new Set(tree.flatMap(({ path }) => parents(path)))
  return tree
    .filter(({ path }) => path.endsWith('.md'))
    .flatMap((page) =>
      [...withoutCode(page.text).matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)].flatMap(([, target = '']): Finding[] => {
        if (/^[a-z]+:/.test(target)) return []
        const [file = '', anchor] = target.split('#')
        const path = file === '' ? page.path : resolve(folderOf(page.path), file)
        const found = files.get(path)
        if (!found && !folders.has(path)) return [{ rule: 'link', path: page.path, says: `${target} leads nowhere` }]
        if (!anchor || !found?.path.endsWith('.md') || anchorsOf(found).has(anchor)) return []
        return [{ rule: 'link', path: page.path, says: `${target}: no such heading` }]
      }),
    )
}

export const decisionNumbers: Rule = (tree) => {
  const seen = new Map<string, string>()
  return tree
    .filter(({ path }) => /^docs\/decisions\/(?!README)[^/]+\.md$/.test(path))
    .flatMap(({ path }): Finding[] => {
      const number = /^(\d{4})-[a-z0-9-]+\.md$/.exec(nameOf(path))?.[1]
      if (!number) return [{ rule: 'decision-number', path, says: 'is not named NNNN-title-in-kebab-case.md' }]
      const other = seen.get(number)
      seen.set(number, path)
      return other ? [{ rule: 'decision-number', path, says: `has the number of ${other}` }] : []
    })
}

const anchorsOf = ({ text }: Source): Set<string> =>
  new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => slug(title)))

/** As forges make them from a heading. */
const slug = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-')

const parents = (path: string): string[] => path.split('/').map((_, index, parts) => parts.slice(0, index).join('/'))

function resolve(folder: string, target: string): string {
  const parts = target.startsWith('/') || folder === '' ? [] : folder.split('/')
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}
