import { useState } from 'react'
import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Progress } from '../../../kit/controls/tell/progress.tsx'
import { DigitEntry } from '../../frame/digit-entry.tsx'
import { Page } from '../../frame/page.tsx'
import { PhonePanel } from '../../frame/scan-panel.tsx'
import { CallUs } from '../../help/call-us.tsx'
import { phoneOf, useKioskWords, useNow } from '../../now.tsx'
import { Countdown } from './countdown.tsx'

/** Nine digits or a phone: both ways stand on one screen. */
export function Code({ qr, ask, busy, elsewhere, problem }: ScreenOf<'code'>): ReactNode {
  const { t } = useKioskWords()
  const { show, site, send } = useNow()
  const [typed, setTyped] = useState({ n: show.n, code: '' })
  const code = typed.n === show.n ? typed.code : ''
  const paused = show.pausedMs !== null
  const wantsTail = ask === 'code-and-tail' && code !== ''
  const words = useCodeWords({ ask, wantsTail, elsewhere, problem })
  const submit = (digits: string): void => {
    if (wantsTail) send({ kind: 'code', code, tail: digits })
    else if (ask === 'code-and-tail') setTyped({ n: show.n, code: digits })
    else send({ kind: 'code', code: digits })
  }
  return (
    <Page
      {...words}
      problem={paused ? null : problem}
      acts={
        <>
          {busy && <Progress label={t('kiosk.code.busy')} />}
          {ask === 'rest' && (
            <div className="keypad-off">
              <p>{t('kiosk.code.rest')}</p>
              <CallUs phone={phoneOf(site)} />
            </div>
          )}
          {ask !== 'rest' && paused && <Countdown leftMs={show.pausedMs ?? 0} />}
          {ask !== 'rest' && (
            <DigitEntry
              key={wantsTail ? 'tail' : 'code'}
              length={wantsTail ? 4 : 9}
              attempt={show.n}
              disabled={busy || paused}
              onFull={submit}
            />
          )}
          <Button icon="phone" disabled={busy} onPress={() => send({ kind: 'lost-code' })}>
            {t('kiosk.lostCode')}
          </Button>
        </>
      }
    >
      <PhonePanel qr={qr} title={t('kiosk.qr.title')} />
    </Page>
  )
}

type Words = Pick<ScreenOf<'code'>, 'ask' | 'problem'> & {
  readonly wantsTail: boolean
  readonly elsewhere: ScreenOf<'code'>['elsewhere']
}

function useCodeWords({ ask, wantsTail, elsewhere, problem }: Words): {
  readonly title: string
  readonly hint: string
} {
  const { t } = useKioskWords()
  if (elsewhere !== undefined) {
    const { name, directions = '' } = elsewhere
    const how = directions === '' ? '' : t('kiosk.code.elsewhere.way', { directions })
    return { title: t('kiosk.code.elsewhere', { name }), hint: `${how} ${t('kiosk.code.elsewhere.hint')}`.trim() }
  }
  const hint = ask === 'code-and-tail' ? t('kiosk.code.tail.why') : t('kiosk.code.hint')
  return { title: wantsTail ? t('kiosk.code.tail') : t('kiosk.code.title'), hint: problem === null ? hint : '' }
}
