import './outages.css'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { CabinetView } from '@holdfast/wire/http/cabinets.ts'
import type { Placement } from '@holdfast/wire/http/desk/moving.ts'
import type { PlannedOutage } from '@holdfast/wire/http/desk/outages.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Sheet } from '../../../kit/controls/sheet.tsx'
import type { OperatorId } from '../../../kit/words/operator/operator-words.ts'
import { useWords } from '../../../kit/words/use-words.tsx'
import { valueOf } from '../../cloud/ask.ts'
import { keys } from '../../cloud/keys.ts'
import { useNow } from '../../desk/now.tsx'
import { mayAct, useDesk } from '../../desk/use-desk.ts'
import { Refused } from '../../house/once.tsx'
import { useAct } from '../../house/use-house.ts'
import { OutageForm } from './outage-form.tsx'
import { stateOf, timesOf } from './outage-time.ts'

/** When nobody will get to the cabinet, or could not, as it was said ahead. */
export function Outages({ view }: { readonly view: CabinetView }): ReactNode {
  const { t } = useWords<OperatorId>()
  const { client, me } = useDesk()
  const [asking, setAsking] = useState(false)
  const { cabinet } = view.summary
  const at = `/v1/operator/cabinets/${encodeURIComponent(cabinet)}`
  const path = `${at}/outages`
  const outages = useQuery({
    queryKey: keys.outages(cabinet),
    queryFn: () => valueOf(client.get<{ readonly items: readonly PlannedOutage[] }>(path)),
  })
  const places = useQuery({
    queryKey: keys.places(cabinet),
    queryFn: () => valueOf(client.get<{ readonly items: readonly Placement[] }>(`${at}/places`)),
  })
  const zone = places.data?.items[0]?.zone
  const loaded = view.compartments.filter(({ deposit }) => deposit !== null).length
  const shut = (): void => setAsking(false)
  return (
    <section className="op-card" aria-labelledby="outages">
      <h2 id="outages">{t('outage.title')}</h2>
      {outages.data?.items.length === 0 && <p className="op-muted">{t('outage.none')}</p>}
      <ul className="op-places">
        {zone !== undefined &&
          outages.data?.items.map((one) => (
            <Line key={one.outage} outage={one} zone={zone} path={path} cabinet={cabinet} />
          ))}
      </ul>
      {mayAct(me) && zone !== undefined && (
        <div className="op-actions">
          <Button size="small" onPress={() => setAsking(true)}>
            {t('outage.plan')}
          </Button>
        </div>
      )}
      <Sheet open={asking} title={t('outage.plan.title')} onClose={shut}>
        {asking && zone !== undefined && (
          <OutageForm cabinet={cabinet} path={path} zone={zone} loaded={loaded} onPlanned={shut} />
        )}
      </Sheet>
    </section>
  )
}

interface LineProps {
  readonly outage: PlannedOutage
  readonly zone: string
  readonly path: string
  readonly cabinet: string
}

function Line({ outage, zone, path, cabinet }: LineProps): ReactNode {
  const { t, locale } = useWords<OperatorId>()
  const { me } = useDesk()
  const now = useNow()
  const { mutate, isPending, error } = useAct(keys.outages(cabinet))
  const { from, to, reason, by, cancelledBy } = outage
  const state = stateOf(outage, now)
  return (
    <li data-state={state}>
      <span className="op-strong">{timesOf({ from, to, zone, locale })}</span>
      <p className="op-muted">{[t(`outage.is.${state}`, { by: cancelledBy ?? '' }), reason, by].join(' · ')}</p>
      <Refused error={error} />
      {state === 'ahead' && mayAct(me) && (
        <Button
          size="small"
          busy={isPending}
          onPress={() => mutate({ path: `${path}/${encodeURIComponent(outage.outage)}`, method: 'DELETE' })}
        >
          {t('outage.cancel')}
        </Button>
      )}
    </li>
  )
}
