import './safety.css'
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { CabinetView, OrderRequest, OrderView } from '@holdfast/wire/http/cabinets.ts'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Sheet } from '../../kit/controls/sheet.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { RequestFailed, valueOf } from '../cloud/ask.ts'
import { useAlerts } from '../cloud/queries.ts'
import { useRecent } from '../cloud/recent.ts'
import { useDeed } from '../cloud/use-deed.ts'
import { mayAct, useDesk } from '../desk/use-desk.ts'
import { OrderProgress } from '../cabinet/orders/order-progress.tsx'

type Choice = 'one' | 'large' | 'all' | 'calm'

/** Law 17 from the dashboard: nothing to type stands between the call and the doors. */
export function ReleaseCard({
  view,
  door,
}: {
  readonly view: CabinetView
  readonly door: string | undefined
}): ReactNode {
  const { t } = useWords<OperatorId>()
  const { me, recent } = useDesk()
  const [open, setOpen] = useState(false)
  const { cabinet, online } = view.summary
  const alerts = useAlerts().data?.items ?? []
  const going = alerts.some((one) => one.kind === 'emergency' && one.endedAt === null && one.place.cabinet === cabinet)
  const own = useRecent(recent).orders.filter(
    (order) => order.cabinet === cabinet && (order.kind === 'release' || order.kind === 'calm'),
  )
  if (!mayAct(me)) return null
  return (
    <section className="op-card op-release" data-going={going} aria-labelledby="release">
      <h2 id="release">{t('operator.release')}</h2>
      <p className="op-muted">{t(going ? 'operator.release.going' : 'operator.release.what')}</p>
      {own.slice(0, 2).map((order, i) => (
        <OrderProgress key={order.order} order={order} label="" latest={i === 0} />
      ))}
      {online ? (
        <Button kind="danger" onPress={() => setOpen(true)}>
          {t('operator.release.open')}
        </Button>
      ) : (
        <p className="op-blocked">{t('operator.release.offline')}</p>
      )}
      <Sheet open={open} title={t('operator.release')} onClose={() => setOpen(false)}>
        {open && <Choices view={view} door={door} going={going} onDone={() => setOpen(false)} />}
      </Sheet>
    </section>
  )
}

interface ChoicesProps {
  readonly view: CabinetView
  readonly door: string | undefined
  readonly going: boolean
  readonly onDone: () => void
}

function Choices({ view, door, going, onDone }: ChoicesProps): ReactNode {
  const words = useWords<OperatorId>()
  const { t } = words
  const { mutate, isPending, error } = useRelease(view, onDone)
  const chosen = view.compartments.find(({ label }) => label === door)
  const button = (choice: Choice, request: OrderRequest, label = ''): ReactNode => (
    <Button
      kind={choice === 'calm' ? 'quiet' : 'danger'}
      busy={isPending}
      onPress={() => mutate(request)}
      hint={t(`operator.release.${choice}.hint`)}
    >
      {t(`operator.release.${choice}`, { label })}
    </Button>
  )
  const reason = t('operator.release.reason')
  return (
    <div className="op-form">
      {error instanceof RequestFailed && (
        <Banner tone="danger" title={failureWords(error.failure, words, 'operator')} code={error.code} />
      )}
      {chosen && button('one', { kind: 'release', doors: [chosen.id], reason }, chosen.label)}
      {button('large', { kind: 'release', doors: 'large', reason })}
      {button('all', { kind: 'release', doors: 'all', reason })}
      {going && button('calm', { kind: 'calm', reason: t('operator.release.over') })}
    </div>
  )
}

function useRelease({ summary }: CabinetView, onDone: () => void) {
  const { client, recent } = useDesk()
  return useDeed({
    mutationFn: (request: OrderRequest) => {
      const path = `/v1/operator/cabinets/${encodeURIComponent(summary.cabinet)}/orders`
      return valueOf(client.send<OrderView>(path, request))
    },
    onSuccess: (order) => {
      recent.takeOrder(order)
      onDone()
    },
  })
}
