import { useState } from 'react'
import type { ReactNode } from 'react'
import type { HelpRequest } from '@holdfast/wire/http/alerts.ts'
import type { Failure } from '../../cloud/client.ts'
import { failureWords } from '../../cloud/failure-words.ts'
import { Button } from '../../controls/ask/button.tsx'
import { Banner } from '../../controls/tell/banner.tsx'
import type { PhoneId } from '../../words/phone/phone-id.ts'
import { useWords } from '../../words/use-words.tsx'
import { type HelpLine, useHelpLine } from './help-line.ts'
import type { HelpNumber } from './numbers.ts'

type What = HelpRequest['what']
type At = Required<HelpNumber>
type State = { readonly busy: What | null; readonly done: readonly What[]; readonly failure: Failure | null }

const quiet: State = { busy: null, done: [], failure: null }

/** Asks the operator of a cabinet lately shown; without a session or a cabinet there is only the number to call. */
export function AskOperator({ numbers }: { readonly numbers: readonly HelpNumber[] }): ReactNode {
  const { t } = useWords<PhoneId>()
  const line = useHelpLine()
  const places = numbers.filter((number): number is At => number.cabinet !== undefined)
  const [chosen, choose] = useState(0)
  const at = places[chosen]
  if (line === undefined || at === undefined) return <p>{t('phone.help.shutIn')}</p>
  return (
    <>
      {places.length > 1 && <Where places={places} chosen={chosen} onChoose={choose} />}
      <Ask key={at.cabinet} line={line} at={at} />
    </>
  )
}

interface WhereProps {
  readonly places: readonly At[]
  readonly chosen: number
  readonly onChoose: (n: number) => void
}

function Where({ places, chosen, onChoose }: WhereProps): ReactNode {
  const { t } = useWords<PhoneId>()
  return (
    <fieldset className="hf-help-where">
      <legend>{t('phone.help.where')}</legend>
      {places.map(({ cabinet, place }, n) => (
        <label key={cabinet}>
          <input type="radio" name="where" checked={n === chosen} onChange={() => onChoose(n)} />
          {place}
        </label>
      ))}
    </fieldset>
  )
}

function Ask({ line, at }: { readonly line: HelpLine; readonly at: At }): ReactNode {
  const words = useWords<PhoneId>()
  const { t } = words
  const [{ busy, done, failure }, set] = useState(quiet)
  const ask = async (what: What): Promise<void> => {
    if (busy !== null) return
    set((before) => ({ ...before, busy: what, failure: null }))
    const body = { cabinet: at.cabinet, what } satisfies HelpRequest
    const answer = await line.client.send(`/v1/${line.audience}/help`, body)
    set((before) => ({
      busy: null,
      done: answer.ok ? [...before.done, what] : before.done,
      failure: answer.ok ? null : answer.failure,
    }))
  }
  return (
    <>
      <CallBack
        at={at}
        isDone={done.includes('call-back')}
        busy={busy === 'call-back'}
        onAsk={() => ask('call-back')}
      />
      <p>{t('phone.help.shutIn')}</p>
      <ShutIn at={at} isDone={done.includes('shut-in')} busy={busy === 'shut-in'} onAsk={() => ask('shut-in')} />
      {failure && (
        <Banner tone="danger" title={failureWords(failure, words, 'phone')}>
          {t('help.call', { phone: at.phone })}
        </Banner>
      )}
    </>
  )
}

interface WishProps {
  readonly at: At
  readonly isDone: boolean
  readonly busy: boolean
  readonly onAsk: () => Promise<void>
}

function CallBack({ at: { place }, isDone, busy, onAsk }: WishProps): ReactNode {
  const { t } = useWords<PhoneId>()
  if (isDone) {
    return (
      <Banner tone="safe" title={t('phone.help.asked', { place })}>
        {t('phone.help.asked.what')}
      </Banner>
    )
  }
  return (
    <Button size="big" icon="phone" busy={busy} hint={t('phone.help.callBack.hint')} onPress={() => void onAsk()}>
      {t('phone.help.callBack')}
    </Button>
  )
}

function ShutIn({ at: { place }, isDone, busy, onAsk }: WishProps): ReactNode {
  const { t } = useWords<PhoneId>()
  if (isDone) {
    return (
      <Banner tone="act" title={t('phone.help.alarmed', { place })}>
        {t('phone.help.alarmed.what')}
      </Banner>
    )
  }
  const hint = t('phone.help.alarm.hint', { place })
  return (
    <Button kind="danger" size="big" icon="warn" busy={busy} hint={hint} onPress={() => void onAsk()}>
      {t('phone.help.alarm')}
    </Button>
  )
}
