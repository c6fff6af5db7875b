import { useCallback, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { PickupAsked, PickupFromAfar } from '@holdfast/wire/http/access.ts'
import type { Client, Failure } from '../../kit/cloud/client.ts'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Sheet } from '../../kit/controls/sheet.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { useWords } from '../../kit/words/use-words.tsx'
import type { RecipientId } from '../../kit/words/recipient/recipient-words.ts'
import { isSettled, mayPressAgain, type Phase, phaseOf } from './phase.ts'

export interface OpenHereProps {
  readonly client: Client
  readonly cabinet: string
  readonly deposit: string
  readonly label: string
  readonly phone: string | null
}

/** Where the kiosk is dead the phone is the screen: one button, and only for somebody who stands there. */
export function OpenHere(props: OpenHereProps): ReactNode {
  const { t } = useWords<RecipientId>()
  const [open, setOpen] = useState(false)
  const { label } = props
  return (
    <>
      <Button kind="main" size="big" icon="door" hint={t('recipient.afar.hint')} onPress={() => setOpen(true)}>
        {t('recipient.afar.press', { label })}
      </Button>
      <Sheet open={open} title={t('recipient.afar.title', { label })} onClose={() => setOpen(false)}>
        {open && <AtTheDoor {...props} onClose={() => setOpen(false)} />}
      </Sheet>
    </>
  )
}

function AtTheDoor(props: OpenHereProps & { readonly onClose: () => void }): ReactNode {
  const words = useWords<RecipientId>()
  const { t } = words
  const { label, phone, onClose } = props
  const { phase, failure, busy, press } = useOpening(props)
  return (
    <div className="hf-stack">
      {failure && <Banner tone="danger" title={failureWords(failure, words, 'recipient')} />}
      {phase === undefined ? (
        <p>{t('recipient.afar.there')}</p>
      ) : (
        <Banner tone={toneOf(phase)} title={t(`recipient.afar.${phase}`, { label })}>
          {hasNext(phase) && t(`recipient.afar.${phase}.next`)}
        </Banner>
      )}
      {(phase === undefined || mayPressAgain(phase)) && (
        <Button kind={phase === 'shut' ? 'quiet' : 'main'} size="big" icon="door" busy={busy} onPress={press}>
          {t(phase === undefined ? 'recipient.afar.now' : 'recipient.afar.again', { label })}
        </Button>
      )}
      {phase === 'shut' && (
        <Button kind="main" size="big" onPress={onClose}>
          {t('recipient.afar.done')}
        </Button>
      )}
      {phone !== null && (
        <a className="line complain" href={`tel:${phone}`}>
          {t('recipient.complain', { phone })}
        </a>
      )}
    </div>
  )
}

type Told = Exclude<Phase, 'asking' | 'opening'>
const hasNext = (phase: Phase): phase is Told => phase !== 'asking' && phase !== 'opening'

function toneOf(phase: Phase): 'act' | 'note' | 'danger' | 'safe' {
  if (phase === 'open' || phase === 'already-open') return 'act'
  if (phase === 'shut') return 'safe'
  return phase === 'asking' || phase === 'opening' || phase === 'works' || phase === 'busy' ? 'note' : 'danger'
}

interface Opening {
  readonly phase: Phase | undefined
  readonly failure: Failure | undefined
  readonly busy: boolean
  readonly press: () => void
}

const lookEveryMs = 1_000

/** Asks, then looks once a second until the door is shut again: nobody else tells this person. */
function useOpening({ client, cabinet, deposit }: OpenHereProps): Opening {
  const [order, setOrder] = useState<string>()
  const [phase, setPhase] = useState<Phase>()
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const press = useCallback(() => {
    setBusy(true)
    void client.send<PickupAsked>('/v1/recipient/pickups', { cabinet, deposit }).then((answer) => {
      setBusy(false)
      setFailure(answer.ok ? undefined : answer.failure)
      setPhase(answer.ok ? 'asking' : undefined)
      setOrder(answer.ok ? answer.value.order : undefined)
    })
  }, [client, cabinet, deposit])
  const settled = phase !== undefined && isSettled(phase)
  useEffect(() => {
    if (order === undefined || settled) return
    let over = false
    const look = async (): Promise<void> => {
      const answer = await client.get<PickupFromAfar>(`/v1/recipient/pickups/${cabinet}/${order}`)
      if (!over && answer.ok) setPhase((before) => phaseOf(answer.value, before ?? 'asking'))
    }
    const timer = setInterval(() => void look(), lookEveryMs)
    void look()
    return () => {
      over = true
      clearInterval(timer)
    }
  }, [client, cabinet, order, settled])
  return { phase, failure, busy, press }
}
