import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import type { Client, Failure } from '../../kit/cloud/client.ts'
import { Icon } from '../../kit/controls/icon.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { shrink } from '../../kit/picture/shrink.ts'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'

type State = 'none' | 'sending' | 'sent' | 'unreadable' | Failure

/** For a look into a door whose sensor lies: the word at the kiosk counts with a picture (law 16). */
export function TakePicture({ client }: { readonly client: Client }): ReactNode {
  const words = useWords<CourierId>()
  const { t } = words
  const id = useId()
  const [state, setState] = useState<State>('none')
  const send = async (file: File): Promise<void> => {
    setState('sending')
    const jpeg = await shrink(file).catch(() => undefined)
    if (jpeg === undefined) return setState('unreadable')
    const answer = await client.send('/v1/courier/pictures', { jpeg })
    setState(answer.ok ? 'sent' : answer.failure)
  }
  return (
    <section className="take-picture" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t('courier.picture.title')}</h2>
      <p className="hf-muted">{t('courier.picture.why')}</p>
      <label htmlFor={id}>
        <Icon name="camera" />
        {t('courier.picture.take')}
      </label>
      <input
        id={id}
        className="hf-hidden"
        type="file"
        accept="image/*"
        capture="environment"
        disabled={state === 'sending'}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          if (file !== undefined) void send(file)
          currentTarget.value = ''
        }}
      />
      <div role="status">{typeof state === 'string' ? toldBy(state, t) : null}</div>
      {typeof state !== 'string' && <Banner tone="danger" title={failureWords(state, words, 'courier')} />}
    </section>
  )
}

function toldBy(state: Exclude<State, Failure>, t: ReturnType<typeof useWords<CourierId>>['t']): ReactNode {
  switch (state) {
    case 'none':
      return null
    case 'sending':
      return t('courier.scan.sending')
    case 'sent':
      return <Banner tone="safe" title={t('courier.picture.sent')} />
    case 'unreadable':
      return <Banner tone="danger" title={t('courier.picture.unreadable')} />
  }
}
