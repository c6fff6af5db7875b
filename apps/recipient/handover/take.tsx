import { useCallback } from 'react'
import type { ReactNode } from 'react'
import type { Handovers } from '@holdfast/wire/http/access.ts'
import type { Client } from '../../kit/cloud/client.ts'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { Progress } from '../../kit/controls/tell/progress.tsx'
import { Page } from '../../kit/phone/page.tsx'
import { go } from '../../kit/phone/route.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import type { RecipientId } from '../../kit/words/recipient/recipient-words.ts'
import { useAsked } from '../asked.ts'
import { Received } from './received.tsx'

/** Opened by the link: the pickup is this person's to make from now on, as long as its owner lets it. */
export function Take({ client, token }: { readonly client: Client; readonly token: string }): ReactNode {
  const words = useWords<RecipientId>()
  const { t } = words
  const claimed = useAsked(
    useCallback(() => client.send<Handovers>('/v1/recipient/handovers/claim', { token }), [client, token]),
  )
  return (
    <Page
      title={t('recipient.handover.take')}
      back=""
      foot={
        claimed.value ? (
          <Button kind="main" size="big" icon="camera" onPress={() => go('scan')}>
            {t('recipient.pickup')}
          </Button>
        ) : undefined
      }
    >
      {claimed.failure && <Banner tone="note" title={failureWords(claimed.failure, words, 'recipient')} />}
      {claimed.value === undefined && !claimed.failure && <Progress />}
      {claimed.value && (
        <>
          <p>{t('recipient.handover.take.lead')}</p>
          <Received received={claimed.value.received} client={client} />
        </>
      )}
    </Page>
  )
}
