import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createWords } from '../words/create-words.ts'
import type { KitId } from '../words/kit/kit-id.ts'
import type { Words } from '../words/create-words.ts'
import { layout18, layout24 } from './layouts.fixture.ts'
import { describePlace, locate } from './place.ts'

const wordsOf = (locale: string): Words<KitId> =>
  createWords(locale, JSON.parse(readFileSync(new URL(`../words/kit/${locale}.json`, import.meta.url), 'utf8')))

const idOf = (layout: typeof layout24, label: string): string =>
  layout.compartments.find((plan) => plan.label === label)?.id ?? ''

describe('the place of a door', () => {
  it('counts columns from the left and rows from both ends', () => {
    expect(locate(layout24, idOf(layout24, 'A22'))).toEqual({
      bodyOffset: 0,
      bodies: 1,
      column: 3,
      columns: 3,
      fromAbove: 7,
      fromBelow: 3,
    })
  })

  it.each([
    ['A22', 'right column, third from below', '右列，从下往上第 3 格', '오른쪽 줄, 아래에서 세 번째 칸'],
    ['A01', 'left column, at the top', '左列，最上面一格', '왼쪽 줄, 맨 위 칸'],
    ['A15', 'middle column, at the bottom', '中间一列，最下面一格', '가운데 줄, 맨 아래 칸'],
    ['A02', 'left column, second from above', '左列，从上往下第 2 格', '왼쪽 줄, 위에서 두 번째 칸'],
  ])('says where %s is in three languages', (label, english, chinese, korean) => {
    const id = idOf(layout24, label)
    expect(['en', 'zh', 'ko'].map((locale) => describePlace(layout24, id, wordsOf(locale)))).toEqual([
      english,
      chinese,
      korean,
    ])
  })

  it('names the body when there are several', () => {
    const words = wordsOf('en')
    expect(describePlace(layout18, idOf(layout18, 'A02'), words)).toBe('main cabinet, left column, second from above')
    expect(describePlace(layout18, idOf(layout18, 'B18'), words)).toBe(
      'cabinet to the right, right column, at the bottom',
    )
  })

  it('gives every door of a cabinet its own words', () => {
    for (const layout of [layout18, layout24]) {
      for (const locale of ['en', 'zh', 'ko']) {
        const places = layout.compartments.map((plan) => describePlace(layout, plan.id, wordsOf(locale)))
        expect(new Set(places).size).toBe(layout.compartments.length)
      }
    }
  })

  it('says nothing of a door that is not in the layout', () => {
    expect(describePlace(layout24, 'cmp_elsewhere', wordsOf('en'))).toBe('')
  })
})
