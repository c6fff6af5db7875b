import './undelivered.css'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { Undelivered as List } from '@holdfast/wire/http/notices.ts'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Icon } from '../../kit/controls/icon.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { EmptyState } from '../../kit/controls/tell/empty-state.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { RequestFailed, valueOf } from '../cloud/ask.ts'
import { keys } from '../cloud/keys.ts'
import { useUndelivered } from '../cloud/queries.ts'
import { useDeed } from '../cloud/use-deed.ts'
import { onListKeys } from '../desk/frame/list-keys.ts'
import { Moment } from '../desk/now.tsx'
import { to } from '../desk/route.ts'
import { Title } from '../desk/title.tsx'
import { Shown } from '../desk/shown.tsx'
import { mayAct, useDesk } from '../desk/use-desk.ts'
import { ClearSheet, nameOf } from './clear-sheet.tsx'

type Item = List['items'][number]

/** What did not reach anybody and waits for a person (law 10). */
export function Undelivered(): ReactNode {
  const { t } = useWords<OperatorId>()
  const asked = useUndelivered()
  const [clearing, setClearing] = useState<Item>()
  return (
    <div className="op-undelivered">
      <header className="op-page-head">
        <div>
          <Title>{t('operator.nav.undelivered')}</Title>
          <p className="op-muted">{t('operator.undelivered.what')}</p>
        </div>
        {(asked.data?.items.length ?? 0) > 1 && <RetryAll />}
      </header>
      <Shown asked={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="check" title={t('operator.undelivered.none')} />
          ) : (
            <ul className="op-undelivered-list" onKeyDown={onListKeys}>
              {[...items]
                .sort((a, b) => a.since - b.since)
                .map((item) => (
                  <Line key={`${item.kind} ${item.id}`} item={item} onClear={() => setClearing(item)} />
                ))}
            </ul>
          )
        }
      </Shown>
      <ClearSheet item={clearing} onClose={() => setClearing(undefined)} />
    </div>
  )
}

/** After an outage of a gateway or of a carrier everything waits at once. */
function RetryAll(): ReactNode {
  const words = useWords<OperatorId>()
  const { client, me } = useDesk()
  const queries = useQueryClient()
  const { mutate, isPending, isSuccess, error } = useDeed({
    mutationFn: () => valueOf(client.send<{ readonly retried: number }>('/v1/operator/undelivered/retry-all')),
    onSuccess: () => void setTimeout(() => void queries.invalidateQueries({ queryKey: keys.undelivered }), settleMs),
  })
  if (!mayAct(me)) return null
  return (
    <div className="op-undelivered-all">
      {error instanceof RequestFailed && (
        <Banner tone="danger" title={failureWords(error.failure, words, 'operator')} code={error.code} />
      )}
      <Button icon="repeat" busy={isPending} disabled={isSuccess} onPress={() => mutate()}>
        {words.t(isSuccess ? 'operator.undelivered.asked' : 'operator.undelivered.retryAll')}
      </Button>
    </div>
  )
}

interface LineProps {
  readonly item: Item
  readonly onClear: () => void
}

function Line({ item, onClear }: LineProps): ReactNode {
  const words = useWords<OperatorId>()
  const { t } = words
  const { me } = useDesk()
  const { kind, about, attempts, lastError, since } = item
  const { mutate, isPending, error, asked } = useRetry(item)
  const called = nameOf(item, words)
  return (
    <li data-line="">
      <span className="op-dot">
        <Icon name={kind === 'message' ? 'phone' : 'globe'} />
      </span>
      <div>
        {about === null ? (
          <span data-row="" tabIndex={0} className="op-strong">
            {called}
          </span>
        ) : (
          <a data-row="" href={to.parcel(about)} aria-label={`${called}: ${t('operator.door.story')}`}>
            {called}
          </a>
        )}
        {lastError !== null && <p className="op-error-text">{lastError}</p>}
        <p className="op-muted">{t('operator.undelivered.tried', { count: attempts })}</p>
        {error instanceof RequestFailed && (
          <Banner tone="danger" title={failureWords(error.failure, words, 'operator')} code={error.code} />
        )}
      </div>
      <Moment at={since} />
      <span className="op-undelivered-act" role="status">
        {asked && <span className="op-muted">{t('operator.undelivered.asked')}</span>}
        {!asked && mayAct(me) && (
          <Button size="small" icon="repeat" busy={isPending} onPress={() => mutate()}>
            {t('operator.undelivered.retry')}
          </Button>
        )}
        {!asked && mayAct(me) && (
          <Button size="small" onPress={onClear}>
            {t('operator.undelivered.clear')}
          </Button>
        )}
      </span>
    </li>
  )
}

const settleMs = 4_000

/** Accepted is not delivered: the line stays until the cloud no longer lists it. */
function useRetry({ id }: Item) {
  const { client } = useDesk()
  const queries = useQueryClient()
  const [asked, setAsked] = useState(false)
  const retry = useDeed({
    mutationFn: () => valueOf(client.send<unknown>(`/v1/operator/undelivered/${encodeURIComponent(id)}/retry`)),
    onSuccess: () => {
      setAsked(true)
      setTimeout(() => {
        setAsked(false)
        void queries.invalidateQueries({ queryKey: keys.undelivered })
      }, settleMs)
    },
  })
  return { ...retry, asked }
}
