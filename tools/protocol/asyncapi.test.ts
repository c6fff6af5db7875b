import { describe, expect, it } from 'vitest'
import { cabinetMessages } from '@holdfast/wire/catalog/cabinet-messages.ts'
import { eventSchemas } from '@holdfast/wire/journal/events.ts'
import { asyncApi } from './asyncapi.ts'
import { codeTables, codesPage } from './codes.ts'

type Tree = { readonly [name: string]: Tree }
const document = JSON.parse(JSON.stringify(asyncApi('9.9.9'))) as Tree
const names = Object.keys(cabinetMessages)

/** Every `$ref` below, wherever it stands. */
const refsIn = (tree: unknown): readonly string[] =>
  typeof tree !== 'object' || tree === null
    ? []
    : Object.entries(tree).flatMap(([name, value]) => (name === '$ref' ? [String(value)] : refsIn(value)))

const follow = (ref: string): unknown =>
  ref
    .replace('#/', '')
    .split('/')
    .reduce<unknown>((at, name) => (at as Tree | undefined)?.[name], document)

describe('the cabinet’s protocol as a document', () => {
  it('leads nowhere that is not there', () => {
    const refs = refsIn({ channels: document['channels'], operations: document['operations'] })
    expect(refs.length).toBeGreaterThan(names.length)
    for (const ref of refs) expect([ref, follow(ref)]).not.toEqual([ref, undefined])
  })

  it('says of every message who sends it where, under which seal, with every example', () => {
    for (const [name, { from, channel, kind, examples }] of Object.entries(cabinetMessages)) {
      expect(document['operations']?.[name]?.['action']).toBe(from === 'cabinet' ? 'send' : 'receive')
      const way = from === 'cabinet' ? 'up' : 'down'
      expect(document['channels']?.[name]?.['address']).toBe(`hf/1/{shard}/{cabinet}/${way}/${channel}`)
      const message = document['components']?.['messages']?.[name]
      expect(message?.['description']).toContain(`holdfast/${kind}/1`)
      expect(message?.['examples']).toHaveLength(Object.keys(examples).length)
    }
  })

  it('describes every event of the journal by its own name, none twice', () => {
    const events = Object.keys(document['components']?.['schemas'] ?? {}).filter((name) => name.startsWith('event-'))
    expect(events).toHaveLength(eventSchemas.length)
    expect(events).not.toContain('event-')
  })
})

describe('the page of codes', () => {
  it('has a row for every code in three languages, in order, and none that breaks the table', () => {
    const page = codesPage()
    for (const [title, table] of Object.entries(codeTables)) {
      const section =
        page
          .slice(page.indexOf(`## ${title}\n`))
          .split('\n\n')[1]
          ?.trim() ?? ''
      const rows = section.split('\n').slice(2)
      expect([title, rows.length]).toEqual([title, Object.keys(table).length])
      for (const row of rows) expect(row.split('|')).toHaveLength(7)
      const codes = rows.map((row) => row.split('`')[1] ?? '')
      expect(codes).toEqual(codes.toSorted((a, b) => (a < b ? -1 : 1)))
    }
  })

  it('says one thing where two parts use one code, but to other readers: people at a screen, programs, support', () => {
    const said = new Map<string, Set<string>>()
    for (const [code, { messages }] of Object.values(codeTables).flatMap((table) => Object.entries(table)))
      said.set(code, (said.get(code) ?? new Set()).add(messages.en))
    const several = [...said].flatMap(([code, words]) => (words.size > 1 ? [code] : []))
    expect(several.toSorted()).toEqual(['journal-forked', 'key-unfit', 'layout-unsound', 'phone-unreadable'])
  })
})
