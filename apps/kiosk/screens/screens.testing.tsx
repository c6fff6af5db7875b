import { renderToStaticMarkup } from 'react-dom/server'
import type { ReactNode } from 'react'
import type { Show, Site } from '@holdfast/wire/kiosk/show.ts'
import { browserVoice, createVoice } from '../../kit/voice.ts'
import { kioskWords } from '../../kit/words/kiosk/kiosk-words.ts'
import { WordsProvider } from '../../kit/words/use-words.tsx'
import { plainAccess } from '../../kit/controls/ask/access-buttons.tsx'
import { Frame } from '../frame/frame.tsx'
import { NowProvider } from '../now.tsx'
import { ScreenView } from './screen-view.tsx'

/** What a person finds on a screen, as a browser's accessibility tree would tell it. */
export interface Seen {
  readonly title: string
  readonly buttons: readonly string[]
  /** Everything that stands there. */
  readonly text: string
  readonly markup: string
}

const nothing = (): void => undefined

export async function see(site: Site, show: Show, locale: string): Promise<Seen> {
  const words = await kioskWords.load(locale)
  const voice = createVoice(browserVoice())
  const draw = (node: ReactNode): string =>
    renderToStaticMarkup(
      <WordsProvider words={words}>
        <NowProvider now={{ site, show, send: nothing, voice }}>{node}</NowProvider>
      </WordsProvider>,
    )
  const markup = draw(<ScreenView screen={show.screen} />)
  return {
    title: textOf(/<h1[^>]*>(.*?)<\/h1>/s.exec(markup)?.[1] ?? ''),
    buttons: buttonsOf(markup),
    text: textOf(markup),
    markup,
  }
}

/** The frame around it: languages, back, the time that is left, stop, help. */
export async function seeFrame(site: Site, show: Show, locale: string): Promise<Seen> {
  const words = await kioskWords.load(locale)
  const voice = createVoice(browserVoice())
  const markup = renderToStaticMarkup(
    <WordsProvider words={words}>
      <NowProvider now={{ site, show, send: nothing, voice }}>
        <Frame languages={kioskWords.languages} onLanguage={nothing} access={plainAccess} onAccess={nothing}>
          <p>the screen</p>
        </Frame>
      </NowProvider>
    </WordsProvider>,
  )
  return { title: '', buttons: buttonsOf(markup), text: textOf(markup), markup }
}

const buttonsOf = (markup: string): string[] =>
  [...markup.matchAll(/<button([^>]*)>(.*?)<\/button>/gs)].map(
    ([, attributes = '', inside = '']) => /aria-label="([^"]*)"/.exec(attributes)?.[1] ?? textOf(inside),
  )

const textOf = (markup: string): string =>
  markup
    .replaceAll(/<svg.*?<\/svg>/gs, ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim()
