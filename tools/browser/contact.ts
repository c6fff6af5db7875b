import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const usual = 'usual'

/**
 * One page with every picture of a folder, a screen to a row and a look to a column, for eyes to go over:
 * `index.html` beside the pictures. Returns how many screens stand there, and how much was found on them.
 */
export function writeContact(folder: string): { readonly screens: number; readonly findings: number } {
  const rows = new Map<string, Map<string, string>>()
  for (const file of readdirSync(folder).sort()) {
    const [, screen, look = usual] = /^([^.]+)(?:\.(\w+))?\.png$/.exec(file) ?? []
    if (screen === undefined) continue
    const row = rows.get(screen) ?? new Map<string, string>()
    rows.set(screen, row.set(look, file))
  }
  const said = join(folder, 'findings.txt')
  const findings = existsSync(said) ? readFileSync(said, 'utf8').trimEnd().split('\n') : []
  const looks = [...new Set([usual, ...[...rows.values()].flatMap((row) => [...row.keys()])])]
  const cell = (file: string | undefined): string =>
    file === undefined
      ? '<td></td>'
      : `<td><a href="${file}"><img loading="lazy" width="200" alt="" src="${file}"></a></td>`
  const row = ([screen, files]: readonly [string, ReadonlyMap<string, string>]): string =>
    `<tr><th scope="row">${screen}</th>${looks.map((look) => cell(files.get(look))).join('')}</tr>`
  const page = [
    '<!doctype html><meta charset="utf-8"><title>Every screen</title>',
    `<style>body{font:14px sans-serif}td,th{vertical-align:top;text-align:left;padding:4px}</style>`,
    `<ul>${findings.map((finding) => `<li>${escaped(finding)}</li>`).join('')}</ul>`,
    `<table><tr><th></th>${looks.map((look) => `<th scope="col">${look}</th>`).join('')}</tr>`,
    ...[...rows].map(row),
    '</table>',
  ]
  writeFileSync(join(folder, 'index.html'), page.join('\n'))
  return { screens: rows.size, findings: findings.length }
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
