import './parcels.css'
import type { ReactNode } from 'react'
import type { OperatorParcel, ParcelStory, TimelineEntry } from '@holdfast/wire/http/parcels.ts'
import { Icon } from '../../kit/controls/icon.tsx'
import type { IconName } from '../../kit/controls/icon.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { useStory } from '../cloud/queries.ts'
import { Moment, secondsWords } from '../desk/now.tsx'
import { to } from '../desk/route.ts'
import { Title } from '../desk/title.tsx'
import { Shown } from '../desk/shown.tsx'
import { AmendCard } from './amend-sheet.tsx'
import { ParcelState } from './parcel-state.tsx'
import { byDay, storyLine } from './story-words.ts'

/** Everything that is known of one parcel, cloud and cabinet in one line of time. */
export function Story({ parcel }: { readonly parcel: string }): ReactNode {
  const { t } = useWords<OperatorId>()
  const asked = useStory(parcel)
  return (
    <div className="op-story">
      {asked.data === undefined && <Title>{t('operator.parcel')}</Title>}
      <Shown asked={asked}>{(story) => <Told story={story} />}</Shown>
    </div>
  )
}

function Told({ story }: { readonly story: ParcelStory }): ReactNode {
  const words = useWords<OperatorId>()
  const { parcel, timeline } = story
  return (
    <>
      <header className="op-page-head">
        <div>
          <Title tab={parcel.trackingNumber}>{parcel.trackingNumber}</Title>
          <p className="op-muted">{parcel.carrierName}</p>
        </div>
        <ParcelState state={parcel.state} />
      </header>
      <div className="op-story-desk">
        <section aria-labelledby="story">
          <h2 id="story">{words.t('operator.story')}</h2>
          {timeline.length === 0 && <p className="op-muted">{words.t('operator.story.none')}</p>}
          {byDay(timeline, words).map(({ day, entries }) => (
            <section key={`${day} ${entries[0]?.at ?? 0}`} className="op-day" aria-label={day}>
              <h3>{day}</h3>
              <ol className="op-timeline">
                {entries.map((entry, i) => (
                  <Entry key={i} entry={entry} />
                ))}
              </ol>
            </section>
          ))}
        </section>
        <div className="op-story-side">
          <Facts parcel={parcel} />
          <AmendCard parcel={parcel} />
        </div>
      </div>
    </>
  )
}

const icons: Readonly<Record<TimelineEntry['source'], IconName>> = {
  cabinet: 'door',
  cloud: 'parcel',
  notice: 'phone',
  webhook: 'globe',
}

function Entry({ entry }: { readonly entry: TimelineEntry }): ReactNode {
  const words = useWords<OperatorId>()
  const { at, source, seq } = entry
  const { says, door, details } = storyLine(entry, words)
  return (
    <li data-source={source}>
      <span className="op-dot">
        <Icon name={icons[source]} size="1.1em" />
      </span>
      <time dateTime={new Date(at).toISOString()}>{secondsWords(at, words.locale)}</time>
      <div>
        <p>
          {says}
          {door !== undefined && <span className="op-label">{door}</span>}
        </p>
        {details.length > 0 && (
          <p className="op-details">
            {details.map(([name, value]) => (
              <span key={name}>
                {name} <b>{value}</b>
              </span>
            ))}
          </p>
        )}
      </div>
      <small>
        {words.t(`operator.source.${source}`)}
        {seq !== null && ` #${seq}`}
      </small>
    </li>
  )
}

function Facts({ parcel }: { readonly parcel: OperatorParcel }): ReactNode {
  const { t } = useWords<OperatorId>()
  const { place, door, recipientPhoneMasked, storedAt, dueAt } = parcel
  const moment = (at: number | null): ReactNode => (at === null ? '—' : <Moment at={at} />)
  return (
    <section className="op-card" aria-labelledby="parcel-facts">
      <h2 id="parcel-facts">{t('operator.parcel')}</h2>
      <dl className="op-facts">
        <dt>{t('operator.parcel.place')}</dt>
        <dd>
          {place === null ? (
            '—'
          ) : (
            <a href={to.cabinet(place.cabinet, door?.label)}>
              {place.name}
              {door !== null && ` · ${door.label}`}
            </a>
          )}
        </dd>
        <dt>{t('operator.parcel.recipient')}</dt>
        <dd>{recipientPhoneMasked ?? '—'}</dd>
        {parcel.reference !== null && (
          <>
            <dt>{t('operator.parcel.reference')}</dt>
            <dd>
              <code>{parcel.reference}</code>
            </dd>
          </>
        )}
        <dt>{t('operator.parcel.storedAt')}</dt>
        <dd>{moment(storedAt)}</dd>
        <dt>{t('operator.parcel.due')}</dt>
        <dd>{dueAt === null ? '—' : <Moment at={dueAt} only="clock" />}</dd>
      </dl>
      <p className="op-muted op-small">
        <code>{parcel.id}</code>
      </p>
    </section>
  )
}
