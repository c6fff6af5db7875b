import './carry.css'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { Progress } from '../../kit/controls/tell/progress.tsx'
import { QrCode } from '../../kit/controls/tell/qr-code.tsx'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import type { Asking } from './asking.ts'

/** Slower than the kiosk's own codes: counter scanners rest a moment after each. */
const everyMs = 400

const tones = { agreed: 'safe', declined: 'act', unknown: 'note' } as const

/** What became of a question that this phone carries; nothing while there is none. */
export function AskingView({ asking }: { readonly asking: Asking }): ReactNode {
  const words = useWords<CourierId>()
  const { t } = words
  switch (asking.stage) {
    case 'none':
    case 'reading':
      return null
    case 'asking':
      return <Progress label={t('courier.ask.asking')} />
    case 'waiting':
      return (
        <Banner tone="note" title={t('courier.ask.waiting')}>
          {t('courier.ask.waiting.do')}
        </Banner>
      )
    case 'failed':
      return <Banner tone="danger" title={failureWords(asking.failure, words, 'courier')} />
    case 'answered':
      return (
        <>
          <Banner tone={tones[asking.state]} title={t(`courier.ask.${asking.state}`)}>
            {t(`courier.ask.${asking.state}.do`)}
          </Banner>
          <HoldCodes codes={asking.codes} />
        </>
      )
  }
}

function HoldCodes({ codes }: { readonly codes: readonly string[] }): ReactNode {
  const { t } = useWords<CourierId>()
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setTurn((now) => now + 1), everyMs)
    return () => clearInterval(timer)
  }, [])
  return (
    <section className="carried-answer">
      <h2>{t('courier.ask.hold')}</h2>
      <QrCode text={codes[turn % Math.max(1, codes.length)] ?? ''} label={t('courier.ask.qr')} />
    </section>
  )
}
