import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { recipientWords } from '../words/recipient/recipient-words.ts'
import { WordsProvider } from '../words/use-words.tsx'
import { AskFailed, type AskFailedProps } from './ask-failed.tsx'

const again = (): void => undefined
const offline = { kind: 'offline', code: 'offline', status: 0, messages: {} } as const

async function drawn(asked: AskFailedProps['asked']): Promise<string> {
  const words = await recipientWords.load('en')
  return renderToStaticMarkup(
    <WordsProvider words={words}>
      <AskFailed app="recipient" asked={asked}>
        As of 10:30
      </AskFailed>
    </WordsProvider>,
  )
}

describe('what was asked and did not come', () => {
  it('is nothing while all is well', async () => {
    expect(await drawn({ failure: undefined, asking: false, again })).toBe('')
  })

  it('says why, how old what is shown is, and lets one ask again, once at a time', async () => {
    const still = await drawn({ failure: offline, asking: false, again })
    for (const said of ['role="status"', 'connection', 'As of 10:30', 'Try again']) expect(still).toContain(said)
    expect(still).not.toContain('aria-busy="true"')
    expect(await drawn({ failure: offline, asking: true, again })).toContain('aria-busy="true"')
  })
})
