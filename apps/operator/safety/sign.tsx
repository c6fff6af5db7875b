import './safety.css'
import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { CabinetSummary } from '@holdfast/wire/http/cabinets.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { QrCode } from '../../kit/controls/tell/qr-code.tsx'
import type { Words } from '../../kit/words/create-words.ts'
import { operatorWords, type OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { useCabinet } from '../cloud/queries.ts'
import { Shown } from '../desk/shown.tsx'
import { Title } from '../desk/title.tsx'

/** Whoever stands there reads one of these. */
const printed = ['zh', 'en', 'ko'] as const

/** One sheet of paper that hangs at the cabinet from the day it is set up: what to do when the screen is dead. */
export function Sign({ cabinet }: { readonly cabinet: string }): ReactNode {
  const { t } = useWords<OperatorId>()
  const asked = useCabinet(cabinet)
  const { data: words } = useQuery({
    queryKey: ['sign-words'],
    queryFn: () => Promise.all(printed.map((locale) => operatorWords.load(locale))),
    staleTime: Infinity,
  })
  return (
    <div className="op-sign-page">
      <header className="op-page-head">
        <Title>{t('operator.sign.title')}</Title>
        <Button kind="main" onPress={() => print()}>
          {t('operator.sign.print')}
        </Button>
      </header>
      <Shown asked={asked}>{({ summary }) => <Sheet summary={summary} words={words ?? []} />}</Shown>
    </div>
  )
}

interface SheetProps {
  readonly summary: CabinetSummary
  readonly words: readonly Words<OperatorId>[]
}

function Sheet({ summary, words }: SheetProps): ReactNode {
  const { name, siteName, address } = summary
  // Nobody dials a number that stands in two lines.
  const phone = summary.phone?.replaceAll('-', '\u2011')
  return (
    <article className="op-sign">
      <div className="op-sign-qr">
        <QrCode text={`${location.origin}/recipient/`} />
        <p>
          <strong>{siteName}</strong>
          <br />
          {address}
          <br />
          {name}
        </p>
        {phone !== undefined && <p className="op-sign-phone">{phone}</p>}
      </div>
      {words.map(({ locale, t }) => (
        <section key={locale} lang={locale}>
          <h2>{t('sign.heading')}</h2>
          <ol>
            <li>{t('sign.scan')}</li>
            <li>{t('sign.signIn')}</li>
            <li>{t('sign.open')}</li>
          </ol>
          <p>{phone === undefined ? t('sign.callOnly') : t('sign.call', { phone })}</p>
        </section>
      ))}
    </article>
  )
}
