import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Type from 'typebox'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cabinets, couriers, labels, recipients, townPeople } from './people.ts'
import { recallTown } from './secrets.ts'
import { openShelf } from './shelf.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-shelf-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a file that outlives the town', () => {
  const schema = Type.Object({ n: Type.Integer() })
  const path = (): string => join(folder, 'deep', 'town.json')

  it('is read as it was written, whole, by its owner alone', () => {
    const shelf = openShelf(path(), schema)
    expect(shelf.read()).toBeUndefined()
    shelf.write({ n: 1 })
    shelf.write({ n: 2 })
    expect(openShelf(path(), schema).read()).toEqual({ n: 2 })
    expect(statSync(path()).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(folder, 'deep'))).toEqual(['town.json'])
  })

  it.each([
    ['torn', '{"n": 1'],
    ['empty', ''],
    ['another shape', '{"n": "one"}'],
    ['no object', '[]'],
    ['null', 'null'],
  ])('is begun anew where it is %s', (_, text) => {
    const shelf = openShelf(path(), schema)
    shelf.write({ n: 1 })
    writeFileSync(path(), text)
    expect(shelf.read()).toBeUndefined()
    shelf.write({ n: 3 })
    expect(shelf.read()).toEqual({ n: 3 })
  })

  it('goes on with what it held where a write was cut off before its end', () => {
    const shelf = openShelf(path(), schema)
    shelf.write({ n: 1 })
    writeFileSync(`${path()}.new`, '{"n":')
    expect(shelf.read()).toEqual({ n: 1 })
    shelf.write({ n: 2 })
    expect([shelf.read(), existsSync(`${path()}.new`)]).toEqual([{ n: 2 }, false])
  })
})

describe('what a town remembers', () => {
  it('is the same at the next start: keys, tokens and ports', async () => {
    const first = await recallTown(folder, true)
    const second = await recallTown(folder, true)
    expect(second).toEqual({ kept: first.kept, moved: [] })
    expect(first.kept.apiKey).toMatch(/^hfk_[\w-]{32}$/)
    const { north, library } = first.kept.claimTokens
    expect(new Set([first.kept.gatewaySecret, north, library]).size).toBe(3)
  })

  it('is another in another folder', async () => {
    const other = mkdtempSync(join(tmpdir(), 'holdfast-shelf-'))
    const [one, two] = [await recallTown(folder, true), await recallTown(other, true)]
    rmSync(other, { recursive: true, force: true })
    expect(one.kept.apiKey).not.toBe(two.kept.apiKey)
    expect(one.kept.claimTokens).not.toEqual(two.kept.claimTokens)
  })

  it('gives nobody’s port to somebody else', async () => {
    const { kept } = await recallTown(folder, true)
    const { north, library, ...rest } = kept.ports
    const ports = [...Object.values(rest), ...Object.values(north), ...Object.values(library)]
    expect(new Set(ports).size).toBe(12)
    expect(JSON.parse(readFileSync(join(folder, 'town.json'), 'utf8'))).toEqual(kept)
  })
})

describe('the people and parcels of the town', () => {
  it('have a phone each, and a way to sign in that is told', () => {
    const people = [...couriers, ...recipients]
    expect(new Set(people.map(({ phone }) => phone)).size).toBe(people.length)
    const told = townPeople('hfk_x').map(({ signIn }) => signIn)
    for (const { phone } of people) expect(told.some((text) => text.includes(phone))).toBe(true)
    expect(told).toContain('hfk_x')
  })

  it('are announced for recipients and cabinets that are there, each number once', () => {
    expect(new Set(labels.map(({ trackingNumber }) => trackingNumber)).size).toBe(labels.length)
    for (const { announced, note } of labels) {
      if (announced === undefined) continue
      expect(note).toContain(recipients[announced.recipient].name)
      if (announced.cabinet !== undefined) expect(note).toContain(cabinets[announced.cabinet].name)
    }
    expect(labels.some(({ announced }) => announced === undefined)).toBe(true)
    expect(labels.some(({ announced }) => announced !== undefined && announced.cabinet === undefined)).toBe(true)
  })
})
