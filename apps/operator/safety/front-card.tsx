import './safety.css'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { CabinetView } from '@holdfast/wire/http/cabinets.ts'
import type { CabinetSettings, SettingsChange } from '@holdfast/wire/http/desk/settings.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Sheet } from '../../kit/controls/sheet.tsx'
import { StatusMark } from '../../kit/controls/tell/status-mark.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { valueOf } from '../cloud/ask.ts'
import { keys } from '../cloud/keys.ts'
import { mayAct, useDesk } from '../desk/use-desk.ts'
import { to } from '../desk/route.ts'
import { Refused } from '../house/once.tsx'
import { useAct } from '../house/use-house.ts'
import { NightForm, type NightFormProps } from './night-form.tsx'
import { formOf } from './night-time.ts'

/** The screen that people stand before: whether it works, a word about it, and the sign for when it does not. */
export function FrontCard({ view }: { readonly view: CabinetView }): ReactNode {
  const { t } = useWords<OperatorId>()
  const { client, me } = useDesk()
  const { cabinet, screenDead } = view.summary
  const path = `/v1/operator/cabinets/${encodeURIComponent(cabinet)}/settings`
  const { data } = useQuery({
    queryKey: keys.settings(cabinet),
    queryFn: () => valueOf(client.get<CabinetSettings>(path)),
  })
  const { mutate, isPending, error } = useAct<CabinetSettings>(keys.settings(cabinet))
  const change = (body: SettingsChange): void => mutate({ path, method: 'PATCH', body })
  const dead = screenDead === true || data?.screenOut === true
  return (
    <section className="op-card" aria-labelledby="front">
      <h2 id="front">{t('operator.front')}</h2>
      {dead ? <StatusMark mark="stuck" word={t('operator.front.dead')} /> : <p>{t('operator.front.fine')}</p>}
      {data && mayAct(me) && (
        <>
          <p className="op-muted">{t('operator.front.what')}</p>
          <Refused error={error} />
          <div className="op-actions">
            <Button size="small" busy={isPending} onPress={() => change({ screenOut: !data.screenOut })}>
              {t(data.screenOut ? 'operator.front.back' : 'operator.front.out')}
            </Button>
          </div>
        </>
      )}
      {data && <NightPart night={data.night} busy={isPending} onSet={(night) => change({ night })} />}
      <p>
        <a href={to.sign(cabinet)}>{t('operator.front.sign')}</a>
      </p>
    </section>
  )
}

function NightPart({ night, busy, onSet }: NightFormProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const { me } = useDesk()
  const [open, setOpen] = useState(false)
  return (
    <>
      <h3>{t('operator.night')}</h3>
      <p>{night === null ? t('operator.night.day') : t('operator.night.is', { ...formOf(night) })}</p>
      {mayAct(me) && (
        <div className="op-actions">
          <Button size="small" onPress={() => setOpen(true)}>
            {t('operator.night.change')}
          </Button>
        </div>
      )}
      <Sheet open={open} title={t('operator.night.change')} onClose={() => setOpen(false)}>
        {open && (
          <NightForm
            night={night}
            busy={busy}
            onSet={(set) => {
              onSet(set)
              setOpen(false)
            }}
          />
        )}
      </Sheet>
    </>
  )
}
