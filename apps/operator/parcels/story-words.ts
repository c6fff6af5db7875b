import type { TimelineEntry } from '@holdfast/wire/http/parcels.ts'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import type { Words } from '../../kit/words/create-words.ts'

export interface StoryLine {
  /** What happened, in plain words. */
  readonly says: string
  /** The label of the door it happened at. */
  readonly door: string | undefined
  /** Smaller: name and value of what else is known. */
  readonly details: readonly (readonly [string, string])[]
}

/** Said in the line itself, or of use to programs only. */
const unsaid: ReadonlySet<string> = new Set([
  'label',
  'template',
  'generation',
  'sequence',
  'deposit',
  'cabinet',
  'compartment',
])

/** One entry of a parcel's story for people; what this page has no word for is told by its own name. */
export function storyLine({ source, type, detail }: TimelineEntry, words: Words<OperatorId>): StoryLine {
  const { label } = detail
  const door = typeof label === 'string' && label !== '' ? label : undefined
  return { says: sayingOf(source, type, words), door, details: Object.entries(detail).flatMap(detailOf(words)) }
}

function sayingOf(source: TimelineEntry['source'], type: string, words: Words<OperatorId>): string {
  switch (source) {
    case 'cabinet':
      return words.find(`operator.fact.${type}`) ?? type
    case 'cloud':
      return words.find(`operator.story.${type}`) ?? type
    case 'notice':
      return words.find(`operator.notice.${type}`) ?? words.t('operator.notice.other', { type })
    case 'webhook': {
      const event = type.replace(/^parcel\./, '')
      return words.t('operator.story.webhook', { what: words.find(`operator.told.${event}`) ?? event })
    }
  }
}

const detailOf =
  (words: Words<OperatorId>) =>
  ([name, value]: readonly [string, string | number | boolean | null]): readonly (readonly [string, string])[] => {
    if (value === null || value === '' || unsaid.has(name)) return []
    const called = words.find(`operator.detail.${name}`) ?? name
    const text = String(value)
    const said = typeof value === 'number' ? words.number(value) : (words.find(`operator.value.${text}`) ?? text)
    return [[called, said]]
  }

export interface StoryDay {
  readonly day: string
  readonly entries: readonly TimelineEntry[]
}

/** Days as the reader's calendar counts them, in the order of the story. */
export function byDay(timeline: readonly TimelineEntry[], words: Pick<Words, 'date'>): readonly StoryDay[] {
  const days: { day: string; entries: TimelineEntry[] }[] = []
  for (const entry of timeline) {
    const day = words.date(entry.at, 'date')
    const last = days.at(-1)
    if (last?.day === day) last.entries.push(entry)
    else days.push({ day, entries: [entry] })
  }
  return days
}
