import './carry.css'
import { useEffect, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Icon } from '../../kit/controls/icon.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { Progress } from '../../kit/controls/tell/progress.tsx'
import { Page } from '../../kit/phone/page.tsx'
import { go } from '../../kit/phone/route.ts'
import { ScanView } from '../../kit/scan/scan-view.tsx'
import { screenFormats } from '../../kit/scan/scan.ts'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { AskingView } from './answer-view.tsx'
import type { Asker } from './asking.ts'
import type { Carried, Carry } from './carried.ts'

/** The phone as the cabinet's way to the cloud: reads the kiosk's codes, and says what has arrived. */
export function CarryPage({ carry, asker }: { readonly carry: Carry; readonly asker: Asker }): ReactNode {
  const { t } = useWords<CourierId>()
  const asking = useSyncExternalStore(asker.subscribe, asker.state)
  const { rows, reading } = useSyncExternalStore(carry.subscribe, carry.state)
  useFeel(rows.length + (asking.stage === 'answered' ? 1 : 0))
  const isShowing = asking.stage === 'answered'
  const seen = reading ?? (asking.stage === 'reading' ? asking : undefined)
  return (
    <Page
      title={t('courier.carry')}
      back=""
      foot={
        isShowing ? (
          <Button kind="main" size="big" icon="camera" onPress={asker.clear}>
            {t('courier.ask.next')}
          </Button>
        ) : (
          <Button size="big" onPress={() => go('')}>
            {t('control.done')}
          </Button>
        )
      }
    >
      <div role="status" className="hf-stack">
        <AskingView asking={asking} />
      </div>
      {!isShowing && (
        <>
          <p>{t('courier.carry.how')}</p>
          <ScanView active formats={screenFormats} onScan={({ text }) => void (asker.read(text) || carry.read(text))} />
        </>
      )}
      {seen && (
        <Progress
          value={seen.seen / seen.total}
          label={t('courier.carry.reading', { seen: seen.seen, total: seen.total })}
        />
      )}
      <Rows carry={carry} rows={rows} />
    </Page>
  )
}

/** What was carried, and what still waits on this phone. */
function Rows({ carry, rows }: { readonly carry: Carry; readonly rows: readonly Carried[] }): ReactNode {
  const { t } = useWords<CourierId>()
  const waiting = rows.filter(({ state }) => state === 'waiting')
  return (
    <>
      <div role="status">
        {waiting.length > 0 && (
          <Banner
            tone="act"
            title={t('courier.carry.waiting', { count: waiting.length })}
            action={<Button onPress={carry.retry}>{t('control.retry')}</Button>}
          >
            {t('courier.carry.waiting.do')}
          </Banner>
        )}
        {waiting.length === 0 && rows[0]?.state === 'carried' && (
          <Banner tone="safe" title={t('courier.carry.all')}>
            {t('courier.carry.all.do')}
          </Banner>
        )}
      </div>
      <ul className="hf-stack">
        {rows.map((row) => (
          <Row key={row.digest} row={row} />
        ))}
      </ul>
    </>
  )
}

const icons = { waiting: 'clock', carried: 'check', refused: 'warn' } as const

function Row({ row }: { readonly row: Carried }): ReactNode {
  const words = useWords<CourierId>()
  const time = words.date(row.seenAt, 'time')
  return (
    <li className="hf-card carried">
      <strong>{words.t('courier.carry.row', { time })}</strong>
      <span>
        <Icon name={icons[row.state]} /> {words.t(`courier.carry.is.${row.state}`)}
      </span>
      {row.failure && <span className="hf-muted">{failureWords(row.failure, words, 'courier')}</span>}
    </li>
  )
}

/** Eyes are on the kiosk: the hand feels that one is whole. Browsers complain before the first touch. */
function useFeel(count: number): void {
  useEffect(() => {
    if (count > 0 && 'vibrate' in navigator && navigator.userActivation.hasBeenActive) navigator.vibrate(60)
  }, [count])
}
