import type { ReactNode } from 'react'
import type { CourierKiosk } from '@holdfast/wire/http/access.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'

export interface CarriersProps {
  readonly carriers: CourierKiosk['carriers']
  readonly chosen: string | undefined
  readonly onChoose: (carrier: string) => void
}

/** For whom: said where there is one, chosen where there are more. */
export function Carriers({ carriers, chosen, onChoose }: CarriersProps): ReactNode {
  const { t } = useWords<CourierId>()
  const [only, second] = carriers
  if (only && !second) return <p>{t('courier.kiosk.for', { carrier: only.name })}</p>
  return (
    <div className="carriers" role="group" aria-labelledby="carriers">
      <h2 id="carriers">{t('courier.kiosk.forWhom')}</h2>
      {carriers.map(({ carrier, name }) => (
        <Button
          key={carrier}
          pressed={carrier === chosen}
          {...(carrier === chosen ? { icon: 'check' } : {})}
          onPress={() => onChoose(carrier)}
        >
          {name}
        </Button>
      ))}
    </div>
  )
}
