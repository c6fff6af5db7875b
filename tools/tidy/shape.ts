import { type Finding, folderOf, isCode, isTest, linesOf, nameOf, type Rule, type Tree } from './tree.ts'

export const stemsMax = 9
export const fileLinesMax = 300
export const claimLinesMax = 50
export const readmeLinesMax = 30

/** Collections: one file per thing of a kind, with no limit on the things. */
const collections = /(^|\/)(examples|migrations|decisions|captures|words|figures)(\/|$)/
const generated = /^docs\/(protocol\/|CHANGELOG)/

export const folderWidth: Rule = (tree) => {
  const stems = new Map<string, Set<string>>()
  for (const { path } of tree) {
    const name = nameOf(path)
    if (collections.test(folderOf(path)) || name.startsWith('.') || name === 'README.md') continue
    const stem = name.slice(0, name.includes('.') ? name.indexOf('.') : undefined)
    stems.set(folderOf(path), (stems.get(folderOf(path)) ?? new Set()).add(stem))
  }
  return [...stems]
    .filter(([, found]) => found.size > stemsMax)
    .map(([path, found]) => ({ rule: 'folder-width', path, says: `${found.size} stems, at most ${stemsMax}` }))
}

export const fileLength: Rule = (tree) =>
  tree
    .filter(({ path }) => /\.(tsx?|mjs|cjs|sql|css|html|sh|md)$|^\.ci\//.test(path) && !generated.test(path))
    .filter(({ text }) => linesOf(text) > fileLinesMax)
    .map(({ path, text }) => ({ rule: 'file-length', path, says: `${linesOf(text)} lines, at most ${fileLinesMax}` }))

/** The linter measures functions; of a test it would measure the whole `describe`, so claims are measured here. */
export const claimLength: Rule = (tree) =>
  tree.filter(({ path }) => isTest(path)).flatMap(({ path, text }) => longClaims(path, text))

function longClaims(path: string, text: string): Finding[] {
  const lines = text.split('\n')
  return lines.flatMap((line, start) => {
    const [, indent] = /^(\s*)(?:it|test)\b.*(?:\{|\()$/.exec(line) ?? []
    if (indent === undefined) return []
    const length =
      lines.slice(start).findIndex((later) => later.startsWith(`${indent}}`) || later.startsWith(`${indent})`)) + 1
    if (length <= claimLinesMax) return []
    return [
      {
        rule: 'claim-length',
        path: `${path}:${start + 1}`,
        says: `a claim of ${length} lines, at most ${claimLinesMax}`,
      },
    ]
  })
}

export const readmes: Rule = (tree) => [...roomsOf(tree)].flatMap((room) => readmeOf(tree, room))

function readmeOf(tree: Tree, room: string): Finding[] {
  const readme = tree.find(({ path }) => path === `${room}/README.md`)
  if (!readme) return [{ rule: 'readme', path: room, says: 'has no README.md' }]
  if (linesOf(readme.text) <= readmeLinesMax) return []
  return [{ rule: 'readme', path: readme.path, says: `${linesOf(readme.text)} lines, at most ${readmeLinesMax}` }]
}

/** Packages, and the folders right inside them that hold code: capabilities, apps. The tools share one page. */
function roomsOf(tree: Tree): Set<string> {
  const rooms = new Set<string>()
  for (const { path } of tree) {
    const [wing, room, ...inside] = path.split('/')
    if (!wing || !room || !isCode(path) || wing.startsWith('.')) continue
    rooms.add(wing)
    if (inside.length > 0 && wing !== 'tools') rooms.add(`${wing}/${room}`)
  }
  return rooms
}
