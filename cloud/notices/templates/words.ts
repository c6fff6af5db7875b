import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Locale } from '@holdfast/wire/codes/messages.ts'
import type { Content } from '../notices.ts'
import { en } from './en.ts'
import { ko } from './ko.ts'
import { zh } from './zh.ts'

export type Words = { readonly subject: string; readonly text: string }

/** `{name}` stands for a value. No links: people learn that a link in a locker's name is a fraud. */
export type Templates = Readonly<Record<Content['template'], Words>>

export const templates: Readonly<Record<Locale, Templates>> = { zh, en, ko }

const tags: Readonly<Record<Locale, string>> = { zh: 'zh-CN', en: 'en-GB', ko: 'ko-KR' }

/** The words for one content: the same for the same content, whenever asked. */
export function wordsFor(content: Content, locale: Locale): Words {
  const { subject, text } = templates[locale][content.template]
  const values = valuesOf(content, locale)
  return { subject, text: text.replaceAll(/\{(\w+)\}/gu, (_, name: string) => values[name] ?? '') }
}

function valuesOf(content: Content, locale: Locale): Readonly<Record<string, string>> {
  switch (content.template) {
    case 'sign-in-code':
      return { code: content.code, minutes: String(content.minutes) }
    case 'stored': {
      const until = localTime(content.until, content.zone, locale)
      return { ...content, code: inThrees(content.code), until }
    }
    case 'overdue':
      return { ...content, code: inThrees(content.code) }
    case 'consent-asked':
    case 'recalled':
      return content
  }
}

/** 123 456 789: how people read and type it. */
export const inThrees = (code: string): string => code.replace(/^(\d{3})(\d{3})(\d{3})$/u, '$1 $2 $3')

const localTime = (at: Instant, timeZone: string, locale: Locale): string =>
  new Intl.DateTimeFormat(tags[locale], {
    timeZone,
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at)
