import { useCallback, useState } from 'react'
import type { ReactNode } from 'react'
import type { Handovers } from '@holdfast/wire/http/access.ts'
import type { Client, Failure } from '../../kit/cloud/client.ts'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Sheet } from '../../kit/controls/sheet.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { Progress } from '../../kit/controls/tell/progress.tsx'
import { useWords } from '../../kit/words/use-words.tsx'
import type { RecipientId } from '../../kit/words/recipient/recipient-words.ts'
import { useAsked } from '../asked.ts'
import { linkOf } from './link.ts'

export interface GiveProps {
  readonly client: Client
  readonly cabinet: string
  readonly deposit: string
  readonly onClose: () => void
}

interface Giving {
  readonly given: Handovers['given'][number] | undefined
  /** Told once, when it is made. */
  readonly link: string | undefined
  readonly busy: boolean
  readonly loading: boolean
  readonly failure: Failure | undefined
  readonly give: () => Promise<void>
  readonly takeBack: () => Promise<void>
}

function useGiving({ client, cabinet, deposit }: GiveProps): Giving {
  const list = useAsked(useCallback(() => client.get<Handovers>('/v1/recipient/handovers'), [client]))
  const [link, setLink] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const send = async (path: string): Promise<Partial<{ readonly token: string }> | undefined> => {
    setBusy(true)
    const answer = await client.send<Partial<{ readonly token: string }>>(path, { cabinet, deposit })
    setBusy(false)
    setFailure(answer.ok ? undefined : answer.failure)
    list.again()
    return answer.ok ? answer.value : undefined
  }
  return {
    given: list.value?.given.find((one) => one.deposit === deposit),
    link,
    busy,
    loading: list.value === undefined && !list.failure,
    failure: failure ?? list.failure,
    give: async () => {
      const token = (await send('/v1/recipient/handovers'))?.token
      if (token !== undefined) setLink(linkOf(location.href, token))
    },
    takeBack: async () => {
      if ((await send('/v1/recipient/handovers/take-back')) !== undefined) setLink(undefined)
    },
  }
}

/** Lets somebody else collect by a link of their own: no code is told, and it is taken back at any time. */
export function Give(props: GiveProps): ReactNode {
  const words = useWords<RecipientId>()
  const { t } = words
  const { given, link, busy, loading, failure, give, takeBack } = useGiving(props)
  return (
    <Sheet
      open
      title={t('recipient.handover.title')}
      onClose={props.onClose}
      actions={
        <>
          {link === undefined && (
            <Button kind="main" size="big" busy={busy} onPress={() => void give()}>
              {t(given === undefined ? 'recipient.handover.make' : 'recipient.handover.makeNew')}
            </Button>
          )}
          {given !== undefined && (
            <Button kind="danger" size="big" busy={busy} onPress={() => void takeBack()}>
              {t('recipient.handover.takeBack')}
            </Button>
          )}
        </>
      }
    >
      <div className="hf-stack">
        {failure && <Banner tone="danger" title={failureWords(failure, words, 'recipient')} />}
        <p>{t('recipient.handover.lead')}</p>
        {loading && <Progress />}
        <p role="status">{given && t(given.claimed ? 'recipient.handover.claimed' : 'recipient.handover.open')}</p>
        {link !== undefined && <Link link={link} />}
      </div>
    </Sheet>
  )
}

function Link({ link }: { readonly link: string }): ReactNode {
  const { t } = useWords<RecipientId>()
  const [said, setSaid] = useState<RecipientId>()
  const share = async (): Promise<void> => {
    const canShare: unknown = Reflect.get(navigator, 'share')
    const text = t('recipient.handover.message')
    const way =
      typeof canShare === 'function' ? navigator.share({ text, url: link }) : navigator.clipboard.writeText(link)
    await way.then(
      () => setSaid('recipient.handover.sent'),
      () => setSaid('recipient.handover.copy'),
    )
  }
  return (
    <>
      <Button kind="main" size="big" icon="phone" onPress={() => void share()}>
        {t('recipient.handover.share')}
      </Button>
      <p role="status">{said && t(said)}</p>
      <output className="handover-link">{link}</output>
    </>
  )
}
