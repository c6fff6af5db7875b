import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Content } from '../notices.ts'
import { fallbackLocale, type Language, type Languages, type MessageName } from './languages.ts'

export type Words = { readonly subject: string; readonly text: string }

/** `read` for eyes, `spoken` for a voice, `slip` for a sheet that anybody may find; `slip-by-call` where there is no phone. */
export type Manner = 'read' | 'spoken' | 'slip' | 'slip-by-call'

/**
 * The words for one content: the same for the same content, whenever asked (law 10). `{name}` stands for a value. No
 * links: people learn that a link in a locker's name is a fraud.
 */
export function wordsFor(
  languages: Languages,
  content: Content,
  { locale, manner = 'read' }: { readonly locale: string; readonly manner?: Manner },
): Words {
  const language = languages.get(locale) ?? languages.get(fallbackLocale)
  const name: MessageName = manner === 'slip' || manner === 'slip-by-call' ? manner : content.template
  const message = language?.messages[name]
  if (language === undefined || message === undefined) throw new Error(`no words for ${name}`)
  const values = valuesOf(content, language, manner === 'spoken' ? oneByOne : inThrees)
  const said = manner === 'spoken' ? (message.spoken ?? message.text) : message.text
  const text = said.replaceAll(/\{(\w+)\}/gu, (_, value: string) => values[value] ?? '')
  return { subject: message.subject, text }
}

function valuesOf(
  content: Content,
  { tag }: Language,
  digits: (code: string) => string,
): Readonly<Record<string, string>> {
  switch (content.template) {
    case 'sign-in-code':
      return { code: digits(content.code), minutes: String(content.minutes) }
    case 'stored':
    case 'due-soon':
    case 'overdue':
    case 'kept-shorter':
    case 'please-collect':
      return { ...content, code: digits(content.code), until: localTime(content.until, content.zone, tag) }
    case 'outage-planned':
    case 'outage-cancelled': {
      const { outage, until, zone, ...rest } = content
      const time = (at: Instant): string => localTime(at, zone, tag)
      return { ...rest, from: time(outage.from), to: time(outage.to), until: time(until) }
    }
    case 'consent-asked':
      return { ...content, hours: String(content.hours) }
    case 'consent-instead':
    case 'consent-instead-near': {
      const { hours, number, metres, ...rest } = content
      return { ...rest, hours: String(hours), number: String(number), metres: String(metres ?? '') }
    }
    case 'yes-too-late':
      return { ...content, number: String(content.number) }
    case 'recalled':
    case 'which-not-mine':
      return content
  }
}

/** 123 456 789: how people read and type it. */
export const inThrees = (code: string): string => code.replace(/^(\d{3})(\d{3})(\d{3})$/u, '$1 $2 $3')

/** 1 2 3, 4 5 6, 7 8 9: nobody can read back a number that was said as one. */
export const oneByOne = (code: string): string =>
  (code.match(/\d{1,3}/gu) ?? []).map((three) => three.split('').join(' ')).join(', ')

const localTime = (at: Instant, timeZone: string, tag: string): string => {
  const key = `${tag} ${timeZone}`
  const format = formats.get(key) ?? formatFor(timeZone, tag)
  formats.set(key, format)
  return format.format(at)
}

/** As many as languages times zones: making one costs as much as the rest of a message. */
const formats = new Map<string, Intl.DateTimeFormat>()

const formatFor = (timeZone: string, tag: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(tag, {
    timeZone,
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
