import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Site } from '@holdfast/wire/kiosk/show.ts'
import { example, shown } from '../guide/examples.testing.ts'
import { screens } from './expected.testing.ts'
import { see, seeFrame } from './screens.testing.tsx'

const folder = new URL('../../../wire/examples/', import.meta.url)
const site = JSON.parse(readFileSync(new URL('kiosk-site.1.json', folder), 'utf8')) as Site
const locales = ['en', 'zh', 'ko'] as const
const names = Object.keys(screens)

describe('the kiosk’s screens', () => {
  it('are all told of here', () => {
    expect(names.toSorted()).toEqual(shown.toSorted())
  })

  it.each(Object.entries(screens))('%s asks one thing, and offers what can be done', async (name, expected) => {
    const titles = await Promise.all(locales.map(async (locale) => (await see(site, example(name), locale)).title))
    expect(titles).toEqual(expected.title)
    expect((await see(site, example(name), 'en')).buttons).toEqual(expected.buttons)
  })

  it.each(Object.entries(screens))(
    '%s lets one go back, stay and stop only where that is true',
    async (name, { steps }) => {
      const { buttons } = await seeFrame(site, example(name), 'en')
      expect(['Back', 'More time', 'Stop'].filter((step) => buttons.includes(step))).toEqual(steps)
      expect(buttons.at(-1)).toBe('Help')
    },
  )

  it.each(names)('%s offers the same in every language, in its own script', async (name) => {
    const [en, zh, ko] = await Promise.all(locales.map(async (locale) => await see(site, example(name), locale)))
    expect(zh?.buttons).toHaveLength(en?.buttons.length ?? -1)
    expect(ko?.buttons).toHaveLength(en?.buttons.length ?? -1)
    expect(zh?.text).toMatch(/\p{Script=Han}/u)
    expect(ko?.text).toMatch(/\p{Script=Hangul}/u)
    expect(en?.text).not.toMatch(/[\p{Script=Han}\p{Script=Hangul}]/u)
    for (const seen of [en, zh, ko]) expect(seen?.text).not.toMatch(/[{}]|kiosk\.|undefined|NaN|\[object/)
  })
})

describe('what a screen may not show', () => {
  it.each(names)('%s has no button for a door by its label: nobody picks a door', async (name) => {
    const { markup } = await see(site, example(name), 'en')
    expect(markup).not.toContain('role="button"')
  })

  it.each([
    'idle',
    'idle-full-offline',
    'idle-outage',
    'idle-untouchable',
    'idle-maybe-inside',
    'idle-open-door',
    'unready',
    'failing',
    'farewell-collected',
    'farewell-delivered',
  ])('%s tells a passer-by of nobody’s parcel and nobody’s phone', async (name) => {
    for (const locale of locales) {
      const { text } = await see(site, example(name), locale)
      expect(text.replace('400-000-1234', '')).not.toMatch(/\d{7,}|[A-Z]{2}\d{9,}|\*{3}/)
    }
  })

  it.each(names.filter((name) => name.startsWith('idle')))(
    '%s does not tell which doors hold parcels',
    async (name) => {
      const { markup } = await see(site, example(name), 'en')
      expect(markup).not.toMatch(/data-occupancy="(?!free)|Parcel inside/)
    },
  )

  it('the whole phone of anybody but him who was just typed, to be looked over', async () => {
    const whole: string[] = []
    for (const name of names) {
      const { text } = await see(site, example(name), 'en')
      if (/\d{3} ?\d{4} ?\d{4}/.test(text.replaceAll(/[A-Z]{2}\d+/g, ''))) whole.push(name)
    }
    expect(whole).toEqual(['recipient-check'])
  })

  it.each(names)('%s has no pickup code on it', async (name) => {
    const { text } = await see(site, example(name), 'en')
    expect(text.replaceAll(/[A-Z]{2}\d+/g, '')).not.toMatch(/(?<!\d)\d{3}[ \u00a0]\d{3}[ \u00a0]\d{3}(?!\d)/)
  })
})

describe('what is said to somebody who sees nothing', () => {
  const spoken = names.filter((name) =>
    /^(code|lost|pickup|scan|size|recipient|consent|same|deposit|undo|recall)/.test(name),
  )
  const needsEyes: Readonly<Record<string, RegExp>> = {
    en: /\b(tap|touch|click|press here|look at|see below|shown|green|red|yellow|arrow|button)\b/i,
    zh: /点击|点一下|轻触|如图|请看|红色|绿色|黄色|箭头|按钮/,
    ko: /터치|클릭|누르세요|그림을|보세요|빨간|초록|노란|화살표|버튼/,
  }

  it.each(spoken)('%s leans on no colour, no picture and no finger, in any language', async (name) => {
    for (const locale of locales) {
      const { text } = await see(site, example(name), locale)
      expect([locale, text.match(needsEyes[locale] ?? /$^/)?.[0]]).toEqual([locale, undefined])
    }
  })
})

describe('the code’s screen', () => {
  it('has the two digits beside the QR and not in it', async () => {
    const show = example('code')
    const qr = show.screen.kind === 'code' ? show.screen.qr : null
    const { text, markup } = await see(site, show, 'en')
    expect(text).toContain(qr?.number)
    expect(new URL(qr?.text ?? '').hash).not.toContain(`.${qr?.number}`)
    expect(markup).toContain('hf-qr')
  })

  it('says the same of every wrong code, without what was wrong with it', async () => {
    const { text } = await see(site, example('code-wrong'), 'en')
    expect(text).toContain('This code does not open a door here')
    expect(text).not.toMatch(/used|revoked|unknown|expired/i)
  })

  it('counts the pause down and rests its keys meanwhile', async () => {
    const { text, markup } = await see(site, example('code-paused'), 'en')
    expect(text).toContain('The keypad is back in 1:00')
    expect(markup.match(/<button[^>]* disabled/g)?.length).toBeGreaterThanOrEqual(10)
    expect((await see(site, example('code'), 'en')).text).not.toContain('The keypad is back')
  })
})

describe('the door that a screen is about', () => {
  it.each([
    ['en', 'For support: 3F2A-91BC'],
    ['zh', '客服查询号：3F2A-91BC'],
    ['ko', '문의 번호: 3F2A-91BC'],
  ])('once shut, says by what support finds it, in %s', async (locale, words) => {
    expect((await see(site, example('deposit-shut'), locale)).text).toContain(words)
    for (const name of ['deposit-open', 'deposit-stuck', 'deposit-cancelling'])
      expect((await see(site, example(name), locale)).text).not.toContain(words.slice(0, 5))
  })

  it('lights the door that a complaint is about', async () => {
    expect((await see(site, example('complaint'), 'en')).markup).toContain('hf-door-lit')
  })
})

describe('a kiosk of which a part is dead', () => {
  it.each([
    ['en', 'does not answer to fingers', 'Type the number or the code'],
    ['zh', '屏幕触控失灵', '请改为输入单号或取件码'],
    ['ko', '화면 터치가 되지 않습니다', '번호를 직접 입력하세요'],
  ])('says in %s to those at the door what to do', async (locale, touch, scanner) => {
    const untouchable = (await seeFrame(site, example('idle-untouchable'), locale)).text
    expect([untouchable.includes(touch), untouchable.includes(scanner)]).toEqual([true, false])
    expect(untouchable).toContain('400-000-1234')
    const unread = (await seeFrame(site, example('scan-typed'), locale)).text
    expect([unread.includes(touch), unread.includes(scanner)]).toEqual([false, true])
    const whole = (await seeFrame(site, example('idle'), locale)).text
    expect([whole.includes(touch), whole.includes(scanner)]).toEqual([false, false])
  })

  it('has the phone’s way on its first screen where nothing can be pressed', async () => {
    const show = example('idle-untouchable')
    const qr = show.screen.kind === 'idle' ? show.screen.qr : undefined
    const seen = await see(site, show, 'en')
    expect(seen.markup).toContain('hf-qr')
    expect(seen.text).toContain(qr?.number)
    expect((await see(site, example('idle'), 'en')).markup).not.toContain('hf-qr')
  })

  it('sends nobody to a scanner that does not read', async () => {
    const code = example('code')
    const places = [example('scan-typed'), { ...code, broken: ['scanner' as const] }]
    for (const show of places) expect((await see(site, show, 'en')).text).not.toContain('before the scanner')
    expect((await see(site, code, 'en')).text).toContain('before the scanner')
  })

  it('leads to typing where the scanner does not read, and draws no beam there', async () => {
    const [reads, typed] = await Promise.all(['scan', 'scan-typed'].map((name) => see(site, example(name), 'en')))
    expect([reads?.markup.includes('scan-picture-beam'), typed?.markup.includes('scan-picture-beam')]).toEqual([
      true,
      false,
    ])
    expect(typed?.markup).toMatch(/hf-button-main[^>]*>(?:(?!<button).)*Type the number/)
    expect(reads?.markup).toMatch(/hf-button-main[^>]*>(?:(?!<button).)*Done/)
  })
})

describe('around a screen', () => {
  it('gives the help line where nothing else goes on', async () => {
    expect((await see(site, example('failing'), 'en')).text).toContain('Call us: 400-000-1234')
  })

  it.each([
    ['en', 'Pickup by code works as usual'],
    ['zh', '取件'],
    ['ko', '찾기'],
  ] as const)('says in %s that the cabinet is offline, and what works nevertheless', async (locale, words) => {
    const offline = /<p class="kiosk-offline"[^>]*>(.*?)<\/p>/s
    const said = offline.exec((await seeFrame(site, example('idle-full-offline'), locale)).markup)?.[1]
    expect(said).toContain(words)
    expect((await seeFrame(site, example('idle'), locale)).markup).not.toMatch(offline)
  })

  it('names each language in itself, whatever is spoken now', async () => {
    for (const locale of locales) {
      const { buttons } = await seeFrame(site, example('idle'), locale)
      expect(buttons).toEqual(expect.arrayContaining(['English', '中文', '한국어']))
    }
  })
})
