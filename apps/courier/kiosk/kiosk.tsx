import { useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { CourierKiosk } from '@holdfast/wire/http/access.ts'
import type { Client, Failure } from '../../kit/cloud/client.ts'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { Progress } from '../../kit/controls/tell/progress.tsx'
import type { KioskCode } from '../../kit/phone/at-kiosk/kiosk-code.ts'
import { Page } from '../../kit/phone/page.tsx'
import { Place } from '../../kit/phone/place.tsx'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import type { Certificates } from '../certificate/certificates.ts'
import { AgainButton } from './again-button.tsx'
import { KioskSignIn } from './kiosk-sign-in.tsx'
import { OfflineSignIn } from './offline-sign-in.tsx'

export interface KioskProps {
  readonly client: Client
  readonly code: KioskCode
  readonly certificates: Certificates
  readonly onSignedIn: () => void
}

/** Before a kiosk: which cabinet this is, and whether and for whom one may work here. */
export function Kiosk({ client, code, certificates, onSignedIn }: KioskProps): ReactNode {
  const { t } = useWords<CourierId>()
  const held = useSyncExternalStore(certificates.subscribe, certificates.list)
  const { data, isFetching, refetch } = useQuery({
    queryKey: ['kiosk', code.cabinet, code.nonce],
    queryFn: () => client.send<CourierKiosk>('/v1/courier/kiosk-scans', code),
    networkMode: 'always',
    staleTime: Infinity,
    refetchOnReconnect: false,
  })
  if (data?.ok === true && data.value.carriers.length > 0) {
    return <KioskSignIn client={client} code={code} kiosk={data.value} onSignedIn={onSignedIn} />
  }
  if (data?.ok === false && data.failure.kind !== 'refused' && held.length > 0) {
    return <OfflineSignIn certificates={certificates} code={code} busy={isFetching} onRetry={() => void refetch()} />
  }
  return (
    <Page title={t('courier.kiosk')} back="" {...(data ? { foot: <AgainButton /> } : {})}>
      {data === undefined && <Progress label={t('courier.kiosk.loading')} />}
      {data?.ok === true && (
        <>
          <Place place={data.value.place} />
          <Banner tone="danger" title={t('courier.kiosk.noCarrier')}>
            {t('courier.kiosk.noCarrier.do')}
          </Banner>
        </>
      )}
      {data?.ok === false && <Wrong failure={data.failure} busy={isFetching} onRetry={() => void refetch()} />}
    </Page>
  )
}

interface WrongProps {
  readonly failure: Failure
  readonly busy: boolean
  readonly onRetry: () => void
}

function Wrong({ failure, busy, onRetry }: WrongProps): ReactNode {
  const words = useWords<CourierId>()
  const retry = (
    <Button busy={busy} onPress={onRetry}>
      {words.t('control.retry')}
    </Button>
  )
  return (
    <Banner
      tone="danger"
      title={failureWords(failure, words, 'courier')}
      {...(failure.kind === 'refused' ? {} : { action: retry })}
    />
  )
}
