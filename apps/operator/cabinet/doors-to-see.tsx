import type { ReactNode } from 'react'
import type { CompartmentView } from '@holdfast/wire/http/cabinets.ts'
import { StatusMark } from '../../kit/controls/tell/status-mark.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { onListKeys } from '../desk/frame/list-keys.ts'
import { to } from '../desk/route.ts'

interface DoorsToSeeProps {
  readonly cabinet: string
  readonly compartments: readonly CompartmentView[]
}

const needsLook = ({ use, door }: CompartmentView): boolean => use === 'suspect' || door !== 'shut'

/** While no door is chosen: those that should be. */
export function DoorsToSee({ cabinet, compartments }: DoorsToSeeProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const found = compartments.filter(needsLook)
  return (
    <section className="op-card" aria-labelledby="to-see">
      <h2 id="to-see">{t('operator.doors.toSee')}</h2>
      {found.length === 0 && <p className="op-muted">{t('operator.doors.allWell')}</p>}
      <ul className="op-doors" onKeyDown={onListKeys}>
        {found.map(({ id, label, use, door }) => (
          <li key={id} data-line="">
            <a data-row="" href={to.cabinet(cabinet, label)}>
              {label}
            </a>
            <span className="op-worries">
              {door !== 'shut' && <StatusMark mark={door} word={t(`state.${door}`)} />}
              {use === 'suspect' && <StatusMark mark={use} word={t('state.suspect')} />}
            </span>
          </li>
        ))}
      </ul>
      <p className="op-muted">{t('operator.doors.choose')}</p>
    </section>
  )
}
