import { useCallback } from 'react'
import type { ReactNode } from 'react'
import type { RecipientKiosk } from '@holdfast/wire/http/access.ts'
import type { Client, Failure } from '../../kit/cloud/client.ts'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { EmptyState } from '../../kit/controls/tell/empty-state.tsx'
import { Progress } from '../../kit/controls/tell/progress.tsx'
import type { KioskCode } from '../../kit/phone/at-kiosk/kiosk-code.ts'
import { Page } from '../../kit/phone/page.tsx'
import { Place } from '../../kit/phone/place.tsx'
import { go, replaceBy } from '../../kit/phone/route.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import type { RecipientId } from '../../kit/words/recipient/recipient-words.ts'
import { useAsked } from '../asked.ts'
import { OpenDoors } from './open-doors.tsx'

export interface PickupProps {
  readonly client: Client
  readonly code: KioskCode
}

/** Before a kiosk: which cabinet this is and which doors of mine are here. */
export function Pickup({ client, code }: PickupProps): ReactNode {
  const { t } = useWords<RecipientId>()
  const asked = useAsked(
    useCallback(
      () => client.send<RecipientKiosk>('/v1/recipient/kiosk-scans', code),
      [client, code.cabinet, code.nonce],
    ),
  )
  const kiosk = asked.value
  if (kiosk === undefined) {
    return (
      <Page title={t('recipient.pickup')} back="">
        {asked.failure ? (
          <NotHere failure={asked.failure} busy={asked.asking} onRetry={asked.again} />
        ) : (
          <Progress label={t('recipient.kiosk.loading')} />
        )}
      </Page>
    )
  }
  if (kiosk.deposits.length > 0) return <OpenDoors client={client} code={code} kiosk={kiosk} />
  return (
    <Page
      title={t('recipient.pickup')}
      back=""
      foot={
        <Button kind="main" size="big" onPress={() => go('')}>
          {t('recipient.kiosk.toParcels')}
        </Button>
      }
    >
      <Place place={kiosk.place} />
      <EmptyState icon="door" title={t('recipient.kiosk.nothing')}>
        {t('recipient.kiosk.nothing.hint')}
      </EmptyState>
    </Page>
  )
}

interface NotHereProps {
  readonly failure: Failure
  readonly busy: boolean
  readonly onRetry: () => void
}

function NotHere({ failure, busy, onRetry }: NotHereProps): ReactNode {
  const words = useWords<RecipientId>()
  const { t } = words
  return (
    <>
      <Banner tone="danger" title={failureWords(failure, words, 'recipient')} />
      <div className="two">
        {failure.kind !== 'refused' && (
          <Button busy={busy} onPress={onRetry}>
            {t('control.retry')}
          </Button>
        )}
        <Button kind="main" icon="camera" onPress={() => replaceBy('scan')}>
          {t('phone.kiosk.again')}
        </Button>
      </div>
    </>
  )
}
