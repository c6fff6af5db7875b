import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import { writePosition } from '@holdfast/core/values/position.ts'
import type { Placement, TerminalClaim } from '@holdfast/wire/http/desk/moving.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Field } from '../../kit/controls/ask/field.tsx'
import { Sheet } from '../../kit/controls/sheet.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { valueOf } from '../cloud/ask.ts'
import { keys } from '../cloud/keys.ts'
import { useCabinet } from '../cloud/queries.ts'
import { useDesk } from '../desk/use-desk.ts'
import { Once, Refused } from '../house/once.tsx'
import { useAct } from '../house/use-house.ts'
import { LayoutPicker } from '../new-cabinet/layout-picker.tsx'
import { formFields, hinted, placeFrom, wrongPlace } from '../new-cabinet/place-form.ts'
import type { PlaceForm } from '../new-cabinet/place-form.ts'

const pathOf = (cabinet: string, what: string): string => `/v1/operator/cabinets/${encodeURIComponent(cabinet)}/${what}`

/** Where the cabinet stood and stands, and what a manager does when it moves or loses its terminal. */
export function Moving({ cabinet }: { readonly cabinet: string }): ReactNode {
  const { t } = useWords<OperatorId>()
  const { client, me } = useDesk()
  const [asking, setAsking] = useState<'nothing' | 'move' | 'way' | 'terminal'>('nothing')
  const { data } = useQuery({
    queryKey: keys.places(cabinet),
    queryFn: () => valueOf(client.get<{ readonly items: readonly Placement[] }>(pathOf(cabinet, 'places'))),
  })
  const [now] = data?.items ?? []
  const shut = (): void => setAsking('nothing')
  return (
    <section className="op-card" aria-labelledby="moving">
      <h2 id="moving">{t('moving.title')}</h2>
      <ul className="op-places">
        {data?.items.map((placement) => (
          <Stood key={placement.from} placement={placement} />
        ))}
      </ul>
      {me?.role === 'manager' && now && (
        <div className="op-actions">
          <Button size="small" onPress={() => setAsking('move')}>
            {t('moving.move')}
          </Button>
          <Button size="small" onPress={() => setAsking('way')}>
            {t('moving.way')}
          </Button>
          <Button size="small" onPress={() => setAsking('terminal')}>
            {t('moving.terminal')}
          </Button>
        </div>
      )}
      <Sheet open={asking === 'move'} title={t('moving.move.title')} onClose={shut}>
        {now && <PlaceSheet cabinet={cabinet} start={elsewhereFrom(now)} kind="move" onDone={shut} />}
      </Sheet>
      <Sheet open={asking === 'way'} title={t('moving.way.title')} onClose={shut}>
        {now && <PlaceSheet cabinet={cabinet} start={formOf(now)} kind="way" onDone={shut} />}
      </Sheet>
      <Sheet open={asking === 'terminal'} title={t('moving.terminal.title')} onClose={shut}>
        <TerminalForm cabinet={cabinet} />
      </Sheet>
    </section>
  )
}

function Stood({ placement }: { readonly placement: Placement }): ReactNode {
  const { t, date } = useWords<OperatorId>()
  const { siteName, address, from, until, hours, addressAlias, directions, position } = placement
  return (
    <li data-away={until !== null}>
      <span className="op-strong">{siteName}</span>
      <br />
      {address}
      <p className="op-muted">
        {[
          t('moving.since', { from: date(from, 'date') }),
          ...(until === null ? [] : [t('moving.until', { until: date(until, 'date') })]),
          ...(hours === null ? [] : [hours]),
          ...[addressAlias, directions].filter((each) => each !== undefined),
          ...(position === undefined ? [] : [writePosition(position)]),
        ].join(' · ')}
      </p>
    </li>
  )
}

const formOf = (now: Placement): PlaceForm => ({
  name: '',
  siteName: now.siteName,
  address: now.address,
  zone: now.zone,
  retentionHours: String(now.retentionHours),
  complaintPhone: now.complaintPhone,
  hours: now.hours ?? '',
  addressAlias: now.addressAlias ?? '',
  directions: now.directions ?? '',
  position: now.position === undefined ? '' : writePosition(now.position),
})

/** What holds on at another place stands in the form already. */
const elsewhereFrom = (now: Placement): PlaceForm => ({
  ...formOf(now),
  siteName: '',
  address: '',
  addressAlias: '',
  directions: '',
  position: '',
})

interface PlaceSheetProps {
  readonly cabinet: string
  readonly start: PlaceForm
  readonly kind: 'move' | 'way'
  readonly onDone: () => void
}

function PlaceSheet({ cabinet, start, kind, onDone }: PlaceSheetProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const [form, setForm] = useState(start)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const { mutate, isPending, error } = useAct(keys.places(cabinet), onDone)
  const wrong = wrongPlace(form)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (wrong.size > 0 || reason.trim() === '' || isPending) return
    mutate({ path: pathOf(cabinet, 'places'), body: { ...placeFrom(form), reason: reason.trim() } })
  }
  return (
    <form className="op-form" onSubmit={submit} noValidate>
      <p>{t(`moving.${kind}.what`)}</p>
      {formFields
        .filter(({ name }) => name !== 'name')
        .map(({ name, autoFocus: _first, ...how }) => (
          <Field
            key={name}
            label={t(`operator.new.${name}`)}
            value={form[name]}
            onChange={(value) => setForm({ ...form, [name]: value })}
            {...how}
            {...(hinted(name) ? { hint: t(`operator.new.${name}.hint`) } : {})}
            {...(tried && wrong.has(name) ? { error: t(`operator.new.${name}.wrong`) } : {})}
          />
        ))}
      <Reason value={reason} tried={tried} onChange={setReason} />
      <Refused error={error} />
      <Button kind="main" submit busy={isPending}>
        {t(`moving.${kind}.go`)}
      </Button>
    </form>
  )
}

interface ReasonProps {
  readonly value: string
  readonly tried: boolean
  readonly onChange: (value: string) => void
}

function Reason({ value, tried, onChange }: ReasonProps): ReactNode {
  const { t } = useWords<OperatorId>()
  return (
    <Field
      label={t('moving.reason')}
      value={value}
      onChange={onChange}
      maxLength={200}
      {...(tried && value.trim() === '' ? { error: t('moving.reason.wrong') } : {})}
    />
  )
}

function TerminalForm({ cabinet }: { readonly cabinet: string }): ReactNode {
  const { t } = useWords<OperatorId>()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [made, setMade] = useState<TerminalClaim>()
  // A file that is wrong is no wish to leave the doors as they are.
  const [layout, setLayout] = useState<CabinetLayout | 'as-it-is' | undefined>('as-it-is')
  const before = useCabinet(cabinet).data?.layout
  const { mutate, isPending, error } = useAct<TerminalClaim>(keys.cabinet(cabinet), setMade)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (reason.trim() === '' || layout === undefined || isPending) return
    const body = { reason: reason.trim(), ...(layout === 'as-it-is' ? {} : { layout }) }
    mutate({ path: pathOf(cabinet, 'terminal'), body })
  }
  if (made) {
    return (
      <>
        <p>{t('operator.claim.what')}</p>
        <Once label={t('operator.claim.token')} text={made.claimToken} />
      </>
    )
  }
  return (
    <form className="op-form" onSubmit={submit} noValidate>
      <p>{t('moving.terminal.what')}</p>
      <Reason value={reason} tried={tried} onChange={setReason} />
      {before && (
        <LayoutPicker
          layout={layout === 'as-it-is' ? undefined : layout}
          missing={false}
          before={before}
          onLayout={setLayout}
        />
      )}
      <Refused error={error} />
      <Button kind="main" submit busy={isPending}>
        {t('moving.terminal.go')}
      </Button>
    </form>
  )
}
