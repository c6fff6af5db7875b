import { useState } from 'react'
import type { ReactNode } from 'react'
import type { CabinetView, CompartmentView } from '@holdfast/wire/http/cabinets.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { StatusMark } from '../../kit/controls/tell/status-mark.tsx'
import { describePlace } from '../../kit/drawing/place.ts'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { useRecent } from '../cloud/recent.ts'
import { Moment } from '../desk/now.tsx'
import { to } from '../desk/route.ts'
import { useDesk } from '../desk/use-desk.ts'
import { actionsFor } from './orders/actions.ts'
import type { Action } from './orders/actions.ts'
import { OrderProgress } from './orders/order-progress.tsx'
import { OrderSheet } from './orders/order-sheet.tsx'
import { asLayout } from './parse-layout.ts'

interface DoorPanelProps {
  readonly view: CabinetView
  readonly compartment: CompartmentView
}

/** One compartment: what is true of it, since when, and what a person may do from here. */
export function DoorPanel({ view, compartment }: DoorPanelProps): ReactNode {
  const words = useWords<OperatorId>()
  const { t } = words
  const { me, recent } = useDesk()
  const { orders } = useRecent(recent)
  const [asked, ask] = useState<Action>()
  const { summary } = view
  const place = describePlace(asLayout(view.layout), compartment.id, words)
  const { actions, blocked } = actionsFor({ compartment, online: summary.online, role: me?.role })
  const own = orders.filter((order) => order.cabinet === summary.cabinet && order.compartment === compartment.id)
  return (
    <section className="op-card op-door" aria-labelledby="door">
      <header>
        <h2 id="door">{t('operator.door', { label: compartment.label })}</h2>
        <a className="op-close" href={to.cabinet(summary.cabinet)} aria-label={t('control.close')}>
          ×
        </a>
        <p className="op-muted">
          {t(`size.${compartment.size}`)} · {place}
        </p>
      </header>
      <Facts compartment={compartment} />
      {own.slice(0, 3).map((order, i) => (
        <OrderProgress key={order.order} order={order} label={compartment.label} latest={i === 0} />
      ))}
      {blocked && <p className="op-blocked">{t(`operator.blocked.${blocked}`)}</p>}
      {actions.length > 0 && (
        <div className="op-actions">
          {actions.map((action) => (
            <Button key={action} kind={action === 'open' ? 'main' : 'quiet'} onPress={() => ask(action)}>
              {t(`operator.action.${action}`)}
            </Button>
          ))}
        </div>
      )}
      <OrderSheet action={asked} cabinet={summary} compartment={compartment} onClose={() => ask(undefined)} />
    </section>
  )
}

function Facts({ compartment }: { readonly compartment: CompartmentView }): ReactNode {
  const { t, find } = useWords<OperatorId>()
  const { use, door, suspicion, deposit, since } = compartment
  return (
    <dl className="op-facts">
      <dt>{t('operator.door.leaf')}</dt>
      <dd>
        <StatusMark mark={door} word={t(`state.${door}`)} />
      </dd>
      <dt>{t('operator.door.use')}</dt>
      <dd>
        <StatusMark mark={use} word={t(`state.${use}`)} />
      </dd>
      {suspicion !== null && (
        <>
          <dt>{t('operator.door.why')}</dt>
          <dd>{find(`operator.suspicion.${suspicion}`) ?? suspicion}</dd>
        </>
      )}
      {since !== null && (
        <>
          <dt>{t('operator.door.since')}</dt>
          <dd>
            <Moment at={since} />
          </dd>
        </>
      )}
      {deposit !== null && (
        <>
          <dt>{t('operator.door.deposit')}</dt>
          <dd>
            <a href={to.parcels(deposit)}>{t('operator.door.story')}</a>
          </dd>
        </>
      )}
    </dl>
  )
}
