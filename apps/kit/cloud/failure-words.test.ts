import { describe, expect, it } from 'vitest'
import { createWords } from '../words/create-words.ts'
import type { KitId } from '../words/kit/kit-id.ts'
import { failureWords } from './failure-words.ts'
import type { Failure } from './client.ts'

const words = createWords<KitId>('en', {
  'courier.refusal.cabinet-full': 'Every door is taken.',
  'refusal.offline': 'No connection.',
  'refusal.tooMany': 'Wait a little.',
  'refusal.server': 'Our side.',
  'refusal.unknown': 'That did not work.',
})

const failure = (code: string, status: number, messages: Failure['messages'] = {}): Failure => ({
  kind: 'refused',
  code,
  status,
  messages,
})

describe('words for a failure', () => {
  it.each([
    ['the app’s own', failure('cabinet-full', 409, { en: 'Full' }), 'Every door is taken.'],
    ['the server’s', failure('too-heavy', 409, { en: 'Too heavy.', zh: '太重' }), 'Too heavy.'],
    ['a general one for the way there', failure('offline', 0), 'No connection.'],
    ['a general one by status', failure('slow-down', 429), 'Wait a little.'],
    ['ours to blame', failure('odd', 503), 'Our side.'],
    ['the last resort', failure('odd', 409, { zh: '奇怪' }), 'That did not work.'],
  ])('takes %s', (_which, given, said) => {
    expect(failureWords(given, words, 'courier')).toBe(said)
  })
})
