import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeContact } from './contact.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-contact-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const put = (...names: readonly string[]): void => names.forEach((name) => writeFileSync(join(folder, name), ''))
const page = (): string => readFileSync(join(folder, 'index.html'), 'utf8')

it('has a row for each screen and a column for each look, and a gap where one was not drawn', () => {
  put('kiosk-zh-idle.png', 'kiosk-zh-idle.dark.png', 'courier-me-ko.png', 'courier-me-ko.narrow.png', 'notes.md')
  expect(writeContact(folder)).toEqual({ screens: 2, findings: 0 })
  const columns = [...page().matchAll(/scope="col">(\w+)</g)].map(([, look]) => look)
  expect(columns).toEqual(['usual', 'narrow', 'dark'])
  const rows = [...page().matchAll(/scope="row">([\w-]+)<\/th>(.*?)<\/tr>/g)].map(([, screen, cells = '']) => [
    screen,
    [...cells.matchAll(/<td>(?:<a[^>]*><img[^>]* src="([^"]*)"><\/a>)?<\/td>/g)].map(([, file]) => file ?? ''),
  ])
  expect(rows).toEqual([
    ['courier-me-ko', ['courier-me-ko.png', 'courier-me-ko.narrow.png', '']],
    ['kiosk-zh-idle', ['kiosk-zh-idle.png', '', 'kiosk-zh-idle.dark.png']],
  ])
})

it('begins with what was found, in its own words', () => {
  put('a.png')
  writeFileSync(join(folder, 'findings.txt'), 'a.large: button “<Clear all>” is cut\na.dark: the page is 402 wide\n')
  expect(writeContact(folder)).toEqual({ screens: 1, findings: 2 })
  expect(page()).toContain('<li>a.large: button “&lt;Clear all>” is cut</li>')
})

it('is written over by the next run, and is no picture itself', () => {
  put('a.png')
  writeContact(folder)
  put('b.png')
  expect(writeContact(folder)).toEqual({ screens: 2, findings: 0 })
})
