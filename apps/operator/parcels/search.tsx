import './parcels.css'
import type { ReactNode } from 'react'
import type { CabinetSummary } from '@holdfast/wire/http/cabinets.ts'
import type { OperatorParcel } from '@holdfast/wire/http/parcels.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { EmptyState } from '../../kit/controls/tell/empty-state.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { useCabinets, useParcels } from '../cloud/queries.ts'
import { onListKeys } from '../desk/frame/list-keys.ts'
import { Moment } from '../desk/now.tsx'
import { to } from '../desk/route.ts'
import { Title } from '../desk/title.tsx'
import { Shown } from '../desk/shown.tsx'
import { CabinetState } from '../overview/cabinet-table.tsx'
import { ParcelState } from './parcel-state.tsx'

/** Parcels by number or by the end of a phone, and cabinets by name or address. */
export function Search({ search }: { readonly search: string }): ReactNode {
  const { t } = useWords<OperatorId>()
  const asked = useParcels(search)
  return (
    <div className="op-search-page" onKeyDown={onListKeys}>
      <Title>{search === '' ? t('operator.nav.parcels') : t('operator.search.for', { text: search })}</Title>
      <Cabinets search={search} />
      <Shown asked={asked}>
        {({ pages }) => <Parcels parcels={pages.flatMap(({ items }) => items)} search={search} />}
      </Shown>
      {asked.hasNextPage && (
        <Button busy={asked.isFetchingNextPage} onPress={() => void asked.fetchNextPage()}>
          {t('operator.parcels.more')}
        </Button>
      )}
    </div>
  )
}

/** Every word of the search stands somewhere in the name or place. */
export function cabinetsLike(cabinets: readonly CabinetSummary[], search: string): readonly CabinetSummary[] {
  const wanted = search
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (wanted.length === 0) return []
  return cabinets.filter(({ name, siteName, address }) => {
    const text = `${name} ${siteName} ${address}`.toLocaleLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}

const cabinetsShown = 8

function Cabinets({ search }: { readonly search: string }): ReactNode {
  const { t } = useWords<OperatorId>()
  const found = cabinetsLike(useCabinets().data?.items ?? [], search).slice(0, cabinetsShown)
  if (found.length === 0) return null
  return (
    <section aria-labelledby="found-cabinets">
      <h2 id="found-cabinets">{t('operator.cabinets')}</h2>
      <ul className="op-found">
        {found.map((cabinet) => (
          <li key={cabinet.cabinet} data-line="">
            <a data-row="" href={to.cabinet(cabinet.cabinet)}>
              {cabinet.name}
            </a>
            <span className="op-muted">
              {cabinet.siteName} · {cabinet.address}
            </span>
            <CabinetState cabinet={cabinet} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Parcels({
  parcels,
  search,
}: {
  readonly parcels: readonly OperatorParcel[]
  readonly search: string
}): ReactNode {
  const { t } = useWords<OperatorId>()
  if (parcels.length === 0) {
    return search === '' ? (
      <EmptyState title={t('operator.parcels.none')}>{t('operator.parcels.none.what')}</EmptyState>
    ) : (
      <EmptyState icon="search" title={t('operator.parcels.notFound')}>
        {t('operator.parcels.notFound.what')}
      </EmptyState>
    )
  }
  return (
    <table className="op-table op-parcels">
      <caption className="op-hidden-caption">{t('operator.nav.parcels')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('operator.parcel.number')}</th>
          <th scope="col">{t('operator.column.state')}</th>
          <th scope="col">{t('operator.parcel.place')}</th>
          <th scope="col" className="op-wide">
            {t('operator.parcel.recipient')}
          </th>
          <th scope="col" className="op-wide">
            {t('operator.parcel.due')}
          </th>
          <th scope="col" className="op-wide">
            {t('operator.parcel.changed')}
          </th>
        </tr>
      </thead>
      <tbody>
        {parcels.map((parcel) => (
          <ParcelRow key={parcel.id} parcel={parcel} />
        ))}
      </tbody>
    </table>
  )
}

function ParcelRow({ parcel }: { readonly parcel: OperatorParcel }): ReactNode {
  const { trackingNumber, carrierName, place, door, recipientPhoneMasked, dueAt, changedAt, state } = parcel
  return (
    <tr data-line="">
      <th scope="row">
        <a data-row="" href={to.parcel(parcel.id)}>
          {trackingNumber}
        </a>
        <span className="op-muted">{carrierName}</span>
      </th>
      <td>
        <ParcelState state={state} />
      </td>
      <td>
        {place === null ? '—' : <a href={to.cabinet(place.cabinet, door?.label)}>{place.name}</a>}
        {door !== null && <span className="op-label">{door.label}</span>}
      </td>
      <td className="op-wide">{recipientPhoneMasked ?? '—'}</td>
      <td className="op-wide">{dueAt === null ? '—' : <Moment at={dueAt} only="clock" />}</td>
      <td className="op-wide">
        <Moment at={changedAt} only="ago" />
      </td>
    </tr>
  )
}
