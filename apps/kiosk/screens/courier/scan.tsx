import { useState } from 'react'
import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Banner } from '../../../kit/controls/tell/banner.tsx'
import { Page } from '../../frame/page.tsx'
import { labelOf, useKioskWords, useNow } from '../../now.tsx'
import { FreeDoors } from '../guest/free-doors.tsx'
import { NumberSheet } from './number-sheet.tsx'
import { Missed } from './missed.tsx'
import { ScanPicture } from './scan-picture.tsx'

/** Waiting for the next label; a full cabinet is said before one is wasted. */
export function Scan(screen: ScreenOf<'scan'>): ReactNode {
  const { free, delivered, alsoShut, missed, problem } = screen
  const { t } = useKioskWords()
  const { site, show, send } = useNow()
  const reads = show.broken?.includes('scanner') !== true
  const [typing, setTyping] = useState(false)
  const labels = alsoShut.map((id) => labelOf(site, id)).join(t('place.join'))
  return (
    <Page
      title={t(reads ? 'kiosk.scan.title' : 'kiosk.scan.title.typed')}
      hint={t(reads ? 'kiosk.scan.hint' : 'kiosk.scan.hint.typed')}
      problem={problem}
      acts={<ScanActs {...screen} reads={reads} onType={() => setTyping(true)} />}
    >
      {labels !== '' && <Banner tone="act" title={t('kiosk.door.alsoShut', { labels })} />}
      <Missed doors={missed} />
      <ScanPicture reads={reads} />
      <p className="scan-count">{t('kiosk.scan.delivered', { count: delivered })}</p>
      <FreeDoors free={free} />
      <NumberSheet open={typing} onClose={() => setTyping(false)} onDone={(text) => send({ kind: 'number', text })} />
    </Page>
  )
}

interface ScanActsProps extends ScreenOf<'scan'> {
  readonly reads: boolean
  readonly onType: () => void
}

/** Typing is a way out while the scanner reads, and the way while it does not. */
function ScanActs({ recalls, doubts = 0, undo, reads, onType }: ScanActsProps): ReactNode {
  const { t } = useKioskWords()
  const { site, send } = useNow()
  return (
    <>
      <div className="page-pair">
        <Button kind={reads ? 'quiet' : 'main'} size="big" onPress={onType}>
          {t('kiosk.scan.type')}
        </Button>
        {recalls > 0 && (
          <Button size="big" icon="parcel" onPress={() => send({ kind: 'recalls' })}>
            {t('kiosk.scan.recalls', { count: recalls })}
          </Button>
        )}
      </div>
      {doubts > 0 && (
        <Button size="big" icon="search" onPress={() => send({ kind: 'looks' })}>
          {t('kiosk.scan.looks', { count: doubts })}
        </Button>
      )}
      {undo !== null && (
        <Button size="big" icon="door" onPress={() => send({ kind: 'undo' })}>
          {t('kiosk.scan.undo', { label: labelOf(site, undo) })}
        </Button>
      )}
      <Button kind={reads ? 'main' : 'quiet'} size="big" icon="check" onPress={() => send({ kind: 'finish' })}>
        {t('kiosk.scan.done')}
      </Button>
    </>
  )
}
