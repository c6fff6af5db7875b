import type { TownMessage, TownWebhook } from '@holdfast/wire/town/town.ts'
import { useState, type ReactNode } from 'react'
import { Button } from '../kit/controls/ask/button.tsx'
import { Field } from '../kit/controls/ask/field.tsx'
import { Icon } from '../kit/controls/icon.tsx'
import { StatusMark } from '../kit/controls/tell/status-mark.tsx'
import type { TownId } from '../kit/words/town/town-words.ts'
import { useWords } from '../kit/words/use-words.tsx'
import { askTown } from './use-town.ts'

interface ArrivalsProps {
  readonly messages: readonly TownMessage[]
  readonly webhooks: readonly TownWebhook[]
}

/** The tray where messages arrive, and the carrier's inbox with every signature judged. */
export function Arrivals({ messages, webhooks }: ArrivalsProps): ReactNode {
  const words = useWords<TownId>()
  return (
    <section className="town-arrivals">
      <div className="town-card">
        <h2>{words.t('town.tray')}</h2>
        {messages.length === 0 && <p>{words.t('town.noMessages')}</p>}
        <div className="town-log" role="log" tabIndex={0} aria-label={words.t('town.tray')}>
          <ol>
            {messages.map(({ id, at, channel, to, text }) => (
              <li key={id}>
                <p className="town-meta">
                  {words.date(at, 'time')} · {channel} · {to}
                </p>
                <p className="town-text">{text}</p>
                <Answer from={to} />
              </li>
            ))}
          </ol>
        </div>
      </div>
      <div className="town-card">
        <h2>{words.t('town.inbox')}</h2>
        {webhooks.length === 0 && <p>{words.t('town.noWebhooks')}</p>}
        <div className="town-log" role="log" tabIndex={0} aria-label={words.t('town.inbox')}>
          <ol>
            {webhooks.map(({ id, at, type, trackingNumber, sequence, verified }) => (
              <li key={`${id}/${at}`}>
                <p className="town-meta">
                  {words.date(at, 'time')} · {trackingNumber} · #{sequence}
                </p>
                <p>
                  <strong>{type}</strong>{' '}
                  {verified ? (
                    <span className="town-verified">
                      <Icon name="check" /> {words.t('town.verified')}
                    </span>
                  ) : (
                    <StatusMark mark="stuck" word={words.t('town.forged')} />
                  )}
                </p>
              </li>
            ))}
          </ol>
        </div>
      </div>
    </section>
  )
}

/** What the recipient sends back: the consent's Y or N, or anything else. */
function Answer({ from }: { readonly from: string }): ReactNode {
  const words = useWords<TownId>()
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [refused, setRefused] = useState(false)
  if (!open) {
    return (
      <Button size="small" onPress={() => setOpen(true)}>
        {words.t('town.answer')}
      </Button>
    )
  }
  return (
    <form
      className="town-row"
      onSubmit={(event) => {
        event.preventDefault()
        void askTown('reply', { to: from, text }).then((done) => {
          setRefused(!done)
          setOpen(!done)
        })
      }}
    >
      <Field label={words.t('town.answerText')} value={text} onChange={setText} maxLength={200} />
      <Button submit>{words.t('town.send')}</Button>
      <p role="status">{refused ? words.t('town.notTaken') : ''}</p>
    </form>
  )
}
