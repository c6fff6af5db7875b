import { useRef, useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { CabinetSummary, CompartmentView, OrderRequest, OrderView } from '@holdfast/wire/http/cabinets.ts'
import { randomKey } from '../../../kit/cloud/client.ts'
import { failureWords } from '../../../kit/cloud/failure-words.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Field } from '../../../kit/controls/ask/field.tsx'
import { Sheet } from '../../../kit/controls/sheet.tsx'
import { Banner } from '../../../kit/controls/tell/banner.tsx'
import type { OperatorId } from '../../../kit/words/operator/operator-words.ts'
import { useWords } from '../../../kit/words/use-words.tsx'
import { RequestFailed, valueOf } from '../../cloud/ask.ts'
import { focusFirst } from '../../desk/focus-first.ts'
import { useDesk } from '../../desk/use-desk.ts'
import type { Action } from './actions.ts'

interface OrderSheetProps {
  readonly action: Action | undefined
  readonly cabinet: CabinetSummary
  readonly compartment: CompartmentView
  readonly onClose: () => void
}

/** Asks once more, with a reason, before anything is sent to a cabinet. */
export function OrderSheet({ action, onClose, ...about }: OrderSheetProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const { label } = about.compartment
  return (
    <Sheet
      open={action !== undefined}
      title={action === undefined ? '' : t(`operator.ask.${action}`, { label })}
      onClose={onClose}
    >
      {action && <OrderForm key={action} action={action} onClose={onClose} {...about} />}
    </Sheet>
  )
}

type Seen = 'empty' | 'parcel-inside'
const reasons = ['operator.reason.1', 'operator.reason.2', 'operator.reason.3'] as const

function OrderForm(props: OrderSheetProps & { readonly action: Action }): ReactNode {
  const { action, cabinet, compartment } = props
  const words = useWords<OperatorId>()
  const { t } = words
  const [reason, setReason] = useState('')
  const [seen, setSeen] = useState<Seen>()
  const [missing, setMissing] = useState(false)
  const { mutate, isPending, error } = useOrder(props)
  const request = requestOf(action, compartment, { reason: reason.trim(), seen })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setMissing(request === undefined)
    if (request !== undefined && !isPending) mutate(request)
  }
  return (
    <form ref={focusFirst} className="op-form" onSubmit={submit} noValidate>
      <p className="op-muted">{cabinet.name}</p>
      <p>{t(`operator.ask.${action}.what`, { label: compartment.label })}</p>
      {action === 'inspect' && <SeenChoice seen={seen} onSeen={setSeen} />}
      {missing && action === 'inspect' && seen === undefined && (
        <p className="op-refusal" role="alert">
          {t('operator.seen.missing')}
        </p>
      )}
      <Field
        label={t('operator.reason')}
        value={reason}
        onChange={setReason}
        maxLength={200}
        {...(missing && reason.trim() === '' ? { error: t('operator.reason.missing') } : {})}
      />
      {action === 'open' && (
        <div className="op-reasons" role="group" aria-label={t('operator.reason.quick')}>
          {reasons.map((id) => (
            <Button key={id} size="small" onPress={() => setReason(t(id))}>
              {t(id)}
            </Button>
          ))}
        </div>
      )}
      {error instanceof RequestFailed && (
        <Banner tone="danger" title={failureWords(error.failure, words, 'operator')} code={error.code} />
      )}
      <Button kind="main" submit busy={isPending}>
        {t(`operator.action.${action}`)}
      </Button>
    </form>
  )
}

/** One sheet, one key: pressing again after a lost answer asks for the same order, never for a second opening. */
function useOrder({ cabinet, onClose }: OrderSheetProps) {
  const { client, recent } = useDesk()
  const key = useRef<{ readonly body: string; readonly key: string }>(undefined)
  return useMutation({
    mutationFn: (request: OrderRequest) => {
      const body = JSON.stringify(request)
      if (key.current?.body !== body) key.current = { body, key: randomKey() }
      const path = `/v1/operator/cabinets/${encodeURIComponent(cabinet.cabinet)}/orders`
      return valueOf(client.send<OrderView>(path, request, { key: key.current.key }))
    },
    onSuccess: (order) => {
      recent.takeOrder(order)
      onClose()
    },
  })
}

function SeenChoice({
  seen,
  onSeen,
}: {
  readonly seen: Seen | undefined
  readonly onSeen: (seen: Seen) => void
}): ReactNode {
  const { t } = useWords<OperatorId>()
  return (
    <div className="op-choice" role="group" aria-label={t('operator.seen')}>
      {(['empty', 'parcel-inside'] as const).map((one) => (
        <Button key={one} pressed={seen === one} onPress={() => onSeen(one)}>
          {t(`operator.seen.${one}`)}
        </Button>
      ))}
    </div>
  )
}

/** Complete, or not to be sent. */
export function requestOf(
  action: Action,
  { id, epoch }: Pick<CompartmentView, 'id' | 'epoch'>,
  { reason, seen }: { readonly reason: string; readonly seen: Seen | undefined },
): OrderRequest | undefined {
  if (reason === '') return undefined
  const about = { compartment: id, epoch, reason }
  if (action !== 'inspect') return { kind: action, ...about }
  return seen === undefined ? undefined : { kind: action, seen, ...about }
}
