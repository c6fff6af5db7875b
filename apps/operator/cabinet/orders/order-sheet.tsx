import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import type { CabinetSummary, CompartmentView, OrderRequest, OrderView } from '@holdfast/wire/http/cabinets.ts'
import { failureWords } from '../../../kit/cloud/failure-words.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Field } from '../../../kit/controls/ask/field.tsx'
import { Sheet } from '../../../kit/controls/sheet.tsx'
import { Banner } from '../../../kit/controls/tell/banner.tsx'
import type { OperatorId } from '../../../kit/words/operator/operator-words.ts'
import { useWords } from '../../../kit/words/use-words.tsx'
import { RequestFailed, valueOf } from '../../cloud/ask.ts'
import { useDeed } from '../../cloud/use-deed.ts'
import { focusFirst } from '../../desk/focus-first.ts'
import { useDesk } from '../../desk/use-desk.ts'
import { keepPicture } from '../../safety/keep-picture.ts'
import { PictureField } from '../../safety/picture-field.tsx'
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
  const { t } = useWords<OperatorId>()
  const [reason, setReason] = useState('')
  const [seen, setSeen] = useState<Seen>()
  const [missing, setMissing] = useState(false)
  const [picture, setPicture] = useState<File>()
  const { mutate, isPending, error } = useOrder(props, picture)
  const pictureNeeded = action === 'inspect' && compartment.door !== 'shut' && compartment.door !== 'stuck'
  const pictureMissing = pictureNeeded && picture === undefined
  const request = requestOf(action, compartment, { reason: reason.trim(), seen })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setMissing(request === undefined || pictureMissing)
    if (request !== undefined && !pictureMissing && !isPending) mutate(request)
  }
  return (
    <form ref={focusFirst} className="op-form" onSubmit={submit} noValidate>
      <p className="op-muted">{cabinet.name}</p>
      <p>{t(`operator.ask.${action}.what`, { label: compartment.label })}</p>
      {action === 'inspect' && <SeenChoice seen={seen} onSeen={setSeen} />}
      {action === 'inspect' && (
        <PictureField file={picture} onFile={setPicture} needed={pictureNeeded} missing={missing && pictureMissing} />
      )}
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
      {action === 'open' && <QuickReasons onReason={setReason} />}
      {error !== null && <Trouble error={error} />}
      <Button kind="main" submit busy={isPending}>
        {t(`operator.action.${action}`)}
      </Button>
    </form>
  )
}

function QuickReasons({ onReason }: { readonly onReason: (reason: string) => void }): ReactNode {
  const { t } = useWords<OperatorId>()
  return (
    <div className="op-reasons" role="group" aria-label={t('operator.reason.quick')}>
      {reasons.map((id) => (
        <Button key={id} size="small" onPress={() => onReason(t(id))}>
          {t(id)}
        </Button>
      ))}
    </div>
  )
}

/** The cloud's words, or that a picture could not be read here. */
function Trouble({ error }: { readonly error: Error }): ReactNode {
  const words = useWords<OperatorId>()
  return error instanceof RequestFailed ? (
    <Banner tone="danger" title={failureWords(error.failure, words, 'operator')} code={error.code} />
  ) : (
    <Banner tone="danger" title={words.t('operator.picture.unreadable')} code="picture-unreadable" />
  )
}

function useOrder({ cabinet, onClose }: OrderSheetProps, file: File | undefined) {
  const { client, recent } = useDesk()
  return useDeed({
    mutationFn: async (asked: OrderRequest) => {
      const picture = file === undefined ? undefined : await keepPicture(client, cabinet.cabinet, file)
      const request = picture === undefined || asked.kind !== 'inspect' ? asked : { ...asked, picture }
      const path = `/v1/operator/cabinets/${encodeURIComponent(cabinet.cabinet)}/orders`
      return valueOf(client.send<OrderView>(path, request))
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
