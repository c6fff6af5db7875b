import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Client, Failure } from '../../kit/cloud/client.ts'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Sheet } from '../../kit/controls/sheet.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { useWords } from '../../kit/words/use-words.tsx'
import type { RecipientId } from '../../kit/words/recipient/recipient-words.ts'
import type { WaitingDoor } from './by-door.ts'

export interface NotMineProps {
  readonly door: WaitingDoor
  readonly client: Client
  /** Said, or thought better of. */
  readonly onClose: () => void
}

/** Asks once, and says before and after what happens: a code in the wrong hands opens nothing from then on. */
export function NotMine({ door, client, onClose }: NotMineProps): ReactNode {
  const words = useWords<RecipientId>()
  const { t } = words
  const { busy, failure, said, say } = useSaying(client, door.first.id)
  const numbers = door.parcels.map(({ trackingNumber }) => trackingNumber).join(', ')
  return (
    <Sheet
      open
      title={t('recipient.notMine.ask')}
      onClose={onClose}
      actions={
        said ? (
          <Button kind="main" size="big" onPress={onClose}>
            {t('recipient.notMine.close')}
          </Button>
        ) : (
          <>
            <Button size="big" onPress={onClose}>
              {t('recipient.notMine.no')}
            </Button>
            <Button kind="danger" size="big" busy={busy} onPress={() => void say()}>
              {t('recipient.notMine.yes')}
            </Button>
          </>
        )
      }
    >
      <div className="hf-stack">
        <p className="hf-muted hf-number">{t('recipient.parcels', { carrier: door.first.carrierName, numbers })}</p>
        {failure && <Banner tone="danger" title={failureWords(failure, words, 'recipient')} />}
        {said ? <Banner tone="safe" title={t('recipient.notMine.said')} /> : <p>{t('recipient.notMine.what')}</p>}
      </div>
    </Sheet>
  )
}

function useSaying(client: Client, parcel: string) {
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const say = async (): Promise<void> => {
    setBusy(true)
    const answer = await client.send(`/v1/recipient/parcels/${parcel}/not-mine`)
    setBusy(false)
    setSaid(answer.ok)
    setFailure(answer.ok ? undefined : answer.failure)
  }
  return { busy, said, failure, say }
}
