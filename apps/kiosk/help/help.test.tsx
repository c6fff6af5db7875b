import { readFileSync } from 'node:fs'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { Show, Site } from '@holdfast/wire/kiosk/show.ts'
import { kioskWords } from '../../kit/words/kiosk/kiosk-words.ts'
import { WordsProvider } from '../../kit/words/use-words.tsx'
import { LinkScreen } from '../frame/link-screen.tsx'
import { example } from '../guide/examples.testing.ts'
import { browserVoice, createVoice } from '../../kit/voice.ts'
import { NowProvider } from '../now.tsx'
import { HelpSheet } from './help-sheet.tsx'
import { see, seeFrame } from '../screens/screens.testing.tsx'

const folder = new URL('../../../wire/examples/', import.meta.url)
const site = JSON.parse(readFileSync(new URL('kiosk-site.1.json', folder), 'utf8')) as Site
const unplaced: Site = { ...site, place: null }
const phone = site.place?.complaintPhone ?? ''
const nothing = (): void => undefined
const locales = ['en', 'zh', 'ko'] as const
const onTheCabinet = {
  en: 'The number to call stands on the cabinet.',
  zh: '求助电话见柜体标识。',
  ko: '전화번호는 보관함에 적혀 있습니다.',
} as const

const failing: Show = { ...example('idle'), screen: { kind: 'unready', why: 'journal-failing' } }
const disputed: Show = {
  ...example('farewell-collected'),
  screen: { kind: 'farewell', outcome: 'disputed', delivered: 0, takenOut: 0 },
}
const resting = (): Show => {
  const { screen, ...show } = example('code')
  return screen.kind === 'code' ? { ...show, screen: { ...screen, ask: 'rest' } } : failing
}

describe('whom to call', () => {
  it.each(locales.flatMap((locale) => [failing, disputed, resting()].map((show) => [locale, show] as const)))(
    'is said in %s wherever somebody is needed, and never as a word without a number',
    async (locale, show) => {
      expect((await see(site, show, locale)).text).toContain(phone)
      const { text } = await see(unplaced, show, locale)
      expect(text).toContain(onTheCabinet[locale])
      expect(text).not.toMatch(/(Help|Call us|Questions|求助电话|请拨打|도움|전화|문의)[:：]\s*($|[^\d])/u)
    },
  )

  it.each(locales)('stands in the help of every screen, in %s', async (locale) => {
    const words = await kioskWords.load(locale)
    const sheet = (known: Site): string =>
      renderToStaticMarkup(
        <WordsProvider words={words}>
          <NowProvider now={{ site: known, show: failing, send: nothing, voice: createVoice(browserVoice()) }}>
            <HelpSheet open onClose={nothing} onCall={nothing} />
          </NowProvider>
        </WordsProvider>,
      )
    expect(sheet(site)).toContain(phone)
    expect(sheet(unplaced)).toContain(onTheCabinet[locale])
    for (const known of [site, unplaced]) expect(sheet(known)).toContain(words.t('help.safe'))
  })
})

describe('a call for help', () => {
  const calling = (online: boolean): Show => ({ ...example('idle'), emergency: true, online })
  it.each([
    ['en', 'on its way to the operator', /looking|has been told/],
    ['zh', '已发往运营人员', /正在查看|已收到/],
    ['ko', '운영사로 보냈습니다', /확인하고 있습니다/],
  ] as const)('claims no more than that the line is up, in %s', async (locale, said, claimed) => {
    const { text } = await seeFrame(site, calling(true), locale)
    expect(text).toContain(said)
    expect(text).not.toMatch(claimed)
    expect((await seeFrame(site, calling(false), locale)).text).not.toContain(said)
  })
})

describe('the screen without its cabinet', () => {
  const draw = async (state: 'lost' | 'away' | 'locked', known: Site | undefined, locale: string): Promise<string> =>
    renderToStaticMarkup(
      <WordsProvider words={await kioskWords.load(locale)}>
        <LinkScreen state={state} site={known} onTakeOver={nothing} />
      </WordsProvider>,
    )
  it.each(locales.flatMap((locale) => (['lost', 'away', 'locked'] as const).map((state) => [locale, state] as const)))(
    'still says whom to call and can sound, in %s while %s',
    async (locale, state) => {
      const words = await kioskWords.load(locale)
      const known = await draw(state, site, locale)
      expect(known).toContain(phone)
      expect(known).toContain(site.place?.address ?? 'an address')
      for (const markup of [known, await draw(state, undefined, locale)]) {
        expect(markup).toContain(words.t('kiosk.emergency.sound'))
        expect(markup).toContain(words.t('help.safe'))
      }
      expect(await draw(state, undefined, locale)).toContain(onTheCabinet[locale])
    },
  )
})

describe('a door that does not open for whoever came for it', () => {
  const stuck = (mayReopen: boolean, online: boolean): Show => {
    const { screen, ...show } = example('pickup-stuck')
    return screen.kind === 'pickup-door' ? { ...show, online, screen: { ...screen, mayReopen } } : failing
  }
  it.each(locales)('says whom to call, that the code stays good and that the fault is known, in %s', async (locale) => {
    const words = await kioskWords.load(locale)
    const [fresh, spent, offline] = await Promise.all(
      [stuck(true, true), stuck(false, true), stuck(true, false)].map(async (show) => await see(site, show, locale)),
    )
    expect(fresh?.text).toContain(phone)
    expect(fresh?.text).toContain(words.t('kiosk.pickup.stuck.kept'))
    expect(fresh?.buttons).toEqual([words.t('kiosk.pickup.retry')])
    expect(spent?.text).toContain(words.t('kiosk.pickup.stuck.later'))
    expect(spent?.buttons).toEqual([])
    expect(fresh?.text).toContain(words.t('kiosk.pickup.stuck.told'))
    expect(offline?.text).toContain(words.t('kiosk.pickup.stuck.toldLater'))
    expect(offline?.text).not.toContain(words.t('kiosk.pickup.stuck.told'))
  })
})
