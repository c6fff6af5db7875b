import './inbox.css'
import { useCallback, useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import type { Inbox as Messages } from '@holdfast/wire/http/notices.ts'
import type { Client } from '../../kit/cloud/client.ts'
import { AskFailed } from '../../kit/cloud/ask-failed.tsx'
import { EmptyState } from '../../kit/controls/tell/empty-state.tsx'
import { Progress } from '../../kit/controls/tell/progress.tsx'
import { Page } from '../../kit/phone/page.tsx'
import { useWords } from '../../kit/words/use-words.tsx'
import type { RecipientId } from '../../kit/words/recipient/recipient-words.ts'
import { useAsked } from '../asked.ts'

type Message = Messages['items'][number]

const freshMs = 15_000

/** What was written to this person. To be shown here is the receipt: no text and no call need follow. */
export function Inbox({ client }: { readonly client: Client }): ReactNode {
  const words = useWords<RecipientId>()
  const { t } = words
  const asked = useAsked<Messages>(
    useCallback(() => client.get('/v1/recipient/inbox'), [client]),
    freshMs,
  )
  const { value, failure } = asked
  const isNew = useReading(client, value?.items)
  return (
    <Page title={t('recipient.inbox')} back="">
      <AskFailed app="recipient" asked={asked} />
      {value === undefined && !failure && <Progress label={t('recipient.inbox.loading')} />}
      {value?.items.length === 0 && (
        <EmptyState icon="letter" title={t('recipient.inbox.none')}>
          {t('recipient.inbox.none.hint')}
        </EmptyState>
      )}
      {value && value.items.length > 0 && (
        <ul className="hf-stack inbox">
          {value.items.map((message) => (
            <Letter key={message.id} message={message} isNew={isNew(message)} />
          ))}
        </ul>
      )}
    </Page>
  )
}

/** Tells the cloud what is shown, again until it has heard; what was new stays marked until the page is left. */
function useReading(client: Client, items: readonly Message[] | undefined): (message: Message) => boolean {
  const news = useRef(new Set<string>())
  const unread = (items ?? []).filter(({ isRead }) => !isRead).map(({ id }) => id)
  for (const id of unread) news.current.add(id)
  const all = unread.join(' ')
  useEffect(() => {
    if (all !== '') void client.send('/v1/recipient/inbox/read', { messages: all.split(' ') })
  }, [client, all, items])
  return ({ id }) => news.current.has(id)
}

function Letter({ message, isNew }: { readonly message: Message; readonly isNew: boolean }): ReactNode {
  const { t, date } = useWords<RecipientId>()
  return (
    <li className={isNew ? 'hf-card letter letter-new' : 'hf-card letter'}>
      <h2>
        {isNew && <span className="letter-mark">{t('recipient.inbox.unread')}</span>}
        {message.subject}
      </h2>
      <p className="hf-muted hf-small">{date(message.at, 'moment')}</p>
      <p>{message.text}</p>
    </li>
  )
}
