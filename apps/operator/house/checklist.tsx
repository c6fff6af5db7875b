import type { ReactNode } from 'react'
import { Icon } from '../../kit/controls/icon.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { useCabinets } from '../cloud/queries.ts'
import { to } from '../desk/route.ts'
import { useDesk } from '../desk/use-desk.ts'
import { type Step, type StepName, isReady, stepsOf } from './missing.ts'
import { useCarriers, useColleagues, useCouriers } from './use-house.ts'

const places: Readonly<Record<StepName, string>> = {
  cabinet: to.newCabinet,
  terminal: to.overview,
  carrier: to.house('carriers'),
  courier: to.house('couriers'),
  endpoint: to.house('carriers'),
  colleague: to.house('staff'),
}

function useSteps(): readonly Step[] | undefined {
  const { me } = useDesk()
  const isManager = me?.role === 'manager'
  const [cabinets, carriers] = [useCabinets().data, useCarriers().data]
  const couriers = useCouriers('').data?.pages[0]
  const colleagues = useColleagues(isManager).data?.pages[0]
  if (!isManager || !cabinets || !carriers || !couriers || !colleagues) return undefined
  return stepsOf({
    cabinets: cabinets.items,
    carriers: carriers.items,
    couriers: couriers.items.length,
    colleagues: colleagues.items.length,
  })
}

/** What is still missing before the first parcel; on the overview it leaves when nothing is. */
export function Checklist({ leaves = false }: { readonly leaves?: boolean }): ReactNode {
  const { t } = useWords<OperatorId>()
  const steps = useSteps()
  if (steps === undefined || (leaves && isReady(steps))) return null
  const next = steps.find(({ done, optional }) => !done && !optional) ?? steps.find(({ done }) => !done)
  return (
    <section className="op-card op-steps" aria-labelledby="steps">
      <h2 id="steps">{isReady(steps) ? t('house.ready') : t('house.missing')}</h2>
      <ol>
        {steps.map(({ name, done, optional }) => (
          <li key={name} data-done={done} data-next={next?.name === name}>
            <span className="op-step-mark">{done && <Icon name="check" />}</span>
            <span>
              {done ? (
                <span className="op-strong">{t(`house.step.${name}`)}</span>
              ) : (
                <a href={places[name]}>{t(`house.step.${name}`)}</a>
              )}
              {optional && !done && <small className="op-muted"> {t('house.optional')}</small>}
              <span className="op-muted">{done ? t('house.done') : t(`house.step.${name}.what`)}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
