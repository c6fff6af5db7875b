import { useState } from 'react'
import type { ReactNode } from 'react'
import { Banner } from '../kit/controls/tell/banner.tsx'
import type { Tone } from '../kit/controls/tell/banner.tsx'
import { EmptyState } from '../kit/controls/tell/empty-state.tsx'
import { Progress } from '../kit/controls/tell/progress.tsx'
import { QrCode } from '../kit/controls/tell/qr-code.tsx'
import { StatusMark } from '../kit/controls/tell/status-mark.tsx'
import { TimeRing } from '../kit/controls/tell/time-ring.tsx'
import type { MarkName } from '../kit/drawing/mark.tsx'
import { useWords } from '../kit/words/use-words.tsx'

const tones: readonly Tone[] = ['note', 'act', 'safe', 'danger']

const marks = [
  'free',
  'held',
  'loaded',
  'suspect',
  'retired',
  'shut',
  'unlatched',
  'open',
  'stuck',
  'unseen',
  'online',
  'stale',
] as const satisfies readonly MarkName[]

export function Tells(): ReactNode {
  const { t } = useWords()
  const [left, setLeft] = useState(90_000)
  return (
    <div className="gallery-stack">
      {tones.map((tone) => (
        <Banner key={tone} tone={tone} title={t(`tone.${tone}`)} {...(tone === 'danger' ? { code: 'door-stuck' } : {})}>
          {t('refusal.offline')}
        </Banner>
      ))}
      <TimeRing totalMs={120_000} leftMs={left} onExtend={() => setLeft(left + 30_000)} />
      <TimeRing totalMs={120_000} leftMs={18_000} onExtend={() => setLeft(left + 30_000)} />
      <Progress value={0.4} />
      <Progress />
      <div className="gallery-row">
        {marks.map((mark) => (
          <StatusMark key={mark} mark={mark} word={t(`state.${mark}`)} />
        ))}
      </div>
      <QrCode text="HF1:CAB-7K2M9Q4W8R6T3Y5U1I0O/3F9A2C" />
      <EmptyState title={t('state.free')}>{t('refusal.notFound')}</EmptyState>
    </div>
  )
}
