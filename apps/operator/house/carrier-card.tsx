import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import type { CarrierDesk, EndpointTest, KeyCreated } from '@holdfast/wire/http/desk/carriers.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Field } from '../../kit/controls/ask/field.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { keys } from '../cloud/keys.ts'
import { Moment } from '../desk/now.tsx'
import { useDesk } from '../desk/use-desk.ts'
import { Once, Refused } from './once.tsx'
import { useAct } from './use-house.ts'

const pathOf = (carrier: string): string => `/v1/operator/carriers/${encodeURIComponent(carrier)}`

export function CarrierCard({ carrier }: { readonly carrier: CarrierDesk }): ReactNode {
  const { me } = useDesk()
  const isManager = me?.role === 'manager'
  return (
    <section className="op-card" aria-label={carrier.name}>
      <h2>
        {carrier.name} <code>{carrier.code}</code>
      </h2>
      <Keys carrier={carrier} isManager={isManager} />
      <Endpoints carrier={carrier} isManager={isManager} />
    </section>
  )
}

interface PartProps {
  readonly carrier: CarrierDesk
  readonly isManager: boolean
}

function Keys({ carrier, isManager }: PartProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const [made, setMade] = useState<KeyCreated>()
  const create = useAct<KeyCreated>(keys.carriers, setMade)
  const revoke = useAct(keys.carriers)
  const path = `${pathOf(carrier.id)}/keys`
  return (
    <div className="op-part">
      <h3>{t('house.keys')}</h3>
      {carrier.keys.length === 0 && !made && <p className="op-muted">{t('house.keys.none')}</p>}
      <ul className="op-list">
        {carrier.keys.map(({ id, hint, createdAt }) => (
          <li key={id}>
            <code>hfk_…{hint}</code>
            <Moment at={createdAt} only="clock" />
            <span className="op-actions">
              {isManager && (
                <Button
                  size="small"
                  busy={revoke.isPending}
                  label={t('house.keys.revoke.one', { hint })}
                  onPress={() => revoke.mutate({ path: `${path}/${encodeURIComponent(id)}`, method: 'DELETE' })}
                >
                  {t('house.keys.revoke')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {made && <Once label={t('house.keys.made')} text={made.key} />}
      <Refused error={create.error ?? revoke.error} />
      {isManager && (
        <Button size="small" icon="plus" busy={create.isPending} onPress={() => create.mutate({ path })}>
          {t('house.keys.create')}
        </Button>
      )}
    </div>
  )
}

interface EndpointMade {
  readonly endpoint: { readonly id: string }
  readonly secret: string
}

function Endpoints({ carrier, isManager }: PartProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const [url, setUrl] = useState('')
  const [made, setMade] = useState<EndpointMade>()
  const path = `${pathOf(carrier.id)}/endpoints`
  const create = useAct<EndpointMade>(keys.carriers, (value) => {
    setMade(value)
    setUrl('')
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (url.trim() !== '' && !create.isPending) create.mutate({ path, body: { url: url.trim() } })
  }
  return (
    <div className="op-part">
      <h3>{t('house.endpoints')}</h3>
      {carrier.endpoints.length === 0 && <p className="op-muted">{t('house.endpoints.none')}</p>}
      <ul className="op-list">
        {carrier.endpoints.map((endpoint) => (
          <EndpointLine key={endpoint.id} path={path} endpoint={endpoint} isManager={isManager} />
        ))}
      </ul>
      {made && <Once label={t('house.endpoints.secret')} text={made.secret} />}
      <Refused error={create.error} />
      {isManager && (
        <form className="op-row-form" onSubmit={submit} noValidate>
          <Field label={t('house.endpoints.url')} value={url} onChange={setUrl} type="url" maxLength={500} />
          <Button submit busy={create.isPending}>
            {t('house.endpoints.create')}
          </Button>
        </form>
      )}
    </div>
  )
}

interface EndpointLineProps {
  readonly path: string
  readonly endpoint: CarrierDesk['endpoints'][number]
  readonly isManager: boolean
}

function EndpointLine({ path, endpoint, isManager }: EndpointLineProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const own = `${path}/${encodeURIComponent(endpoint.id)}`
  const [result, setResult] = useState<EndpointTest>()
  const test = useAct<EndpointTest>(keys.carriers, setResult)
  const remove = useAct(keys.carriers)
  return (
    <li className="op-endpoint">
      <span className="op-break">{endpoint.url}</span>
      <span className="op-muted">
        {endpoint.disabledAt !== null && t('house.endpoints.off')}
        {endpoint.disabledAt === null &&
          (endpoint.lastDeliveredAt === null ? (
            t('house.endpoints.never')
          ) : (
            <>
              {t('house.endpoints.last')} <Moment at={endpoint.lastDeliveredAt} only="ago" />
            </>
          ))}
      </span>
      {isManager && (
        <span className="op-actions">
          <Button size="small" busy={test.isPending} onPress={() => test.mutate({ path: `${own}/test` })}>
            {t('house.endpoints.test')}
          </Button>
          <Button
            size="small"
            busy={remove.isPending}
            label={t('house.endpoints.remove.one', { url: endpoint.url })}
            onPress={() => remove.mutate({ path: own, method: 'DELETE' })}
          >
            {t('house.endpoints.remove')}
          </Button>
        </span>
      )}
      <Refused error={test.error ?? remove.error} />
      {result && <TestResult result={result} />}
    </li>
  )
}

/** What came back, with what was sent: held beside a receiver's log it shows whose fault it is. */
function TestResult({ result }: { readonly result: EndpointTest }): ReactNode {
  const { t, number } = useWords<OperatorId>()
  const { accepted, status, problem, tookMs, sent } = result
  const title =
    status === null
      ? t('house.test.unreached', { problem: problem ?? '' })
      : t(accepted ? 'house.test.accepted' : 'house.test.refused', { status: number(status) })
  return (
    <Banner tone={accepted ? 'safe' : 'danger'} title={title}>
      <dl className="op-facts">
        <dt>{t('house.test.took')}</dt>
        <dd>{number(tookMs)} ms</dd>
        {(['id', 'timestamp', 'signature'] as const).map((name) => (
          <HeaderLine key={name} name={`webhook-${name}`} value={sent[name]} />
        ))}
      </dl>
    </Banner>
  )
}

const HeaderLine = ({ name, value }: { readonly name: string; readonly value: string }): ReactNode => (
  <>
    <dt>
      <code>{name}</code>
    </dt>
    <dd>
      <code>{value}</code>
    </dd>
  </>
)
