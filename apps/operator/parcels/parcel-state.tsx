import type { ReactNode } from 'react'
import type { OperatorParcel } from '@holdfast/wire/http/parcels.ts'
import { Icon } from '../../kit/controls/icon.tsx'
import type { IconName } from '../../kit/controls/icon.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'

const looks: Readonly<Record<OperatorParcel['state'], readonly [IconName, 'plain' | 'act' | 'safe' | 'danger']>> = {
  expected: ['clock', 'plain'],
  stored: ['door', 'plain'],
  overdue: ['warn', 'act'],
  refused: ['back', 'act'],
  recalled: ['back', 'plain'],
  collected: ['check', 'safe'],
  returned: ['back', 'plain'],
  disputed: ['halt', 'danger'],
  cancelled: ['close', 'plain'],
  'never-arrived': ['close', 'plain'],
}

export function ParcelState({ state }: Pick<OperatorParcel, 'state'>): ReactNode {
  const { t } = useWords<OperatorId>()
  const [icon, look] = looks[state]
  return (
    <span className={`op-state op-state-${look}`}>
      <Icon name={icon} size="1.1em" />
      {t(`operator.parcel.${state}`)}
    </span>
  )
}
