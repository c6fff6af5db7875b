import './inbox.css'
import { useCallback } from 'react'
import type { ReactNode } from 'react'
import type { Unread } from '@holdfast/wire/http/notices.ts'
import type { Client } from '../../kit/cloud/client.ts'
import { Icon } from '../../kit/controls/icon.tsx'
import { useWords } from '../../kit/words/use-words.tsx'
import type { RecipientId } from '../../kit/words/recipient/recipient-words.ts'
import { useAsked } from '../asked.ts'

const freshMs = 15_000

/** The way to the messages, with a mark while one is unread. That it cannot be told is no news: the list beside says so. */
export function InboxLink({ client }: { readonly client: Client }): ReactNode {
  const { t } = useWords<RecipientId>()
  const { value } = useAsked<Unread>(
    useCallback(() => client.get('/v1/recipient/inbox/unread'), [client]),
    freshMs,
  )
  const unread = value?.unread ?? 0
  return (
    <a href="#inbox" className={unread > 0 ? 'inbox-link inbox-link-new' : 'inbox-link'}>
      <Icon name="letter" />
      <span role="status">{unread > 0 ? t('recipient.inbox.new', { count: unread }) : t('recipient.inbox')}</span>
    </a>
  )
}
