import type { ReactNode } from 'react'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { useRecent } from '../cloud/recent.ts'
import { secondsWords } from '../desk/now.tsx'
import { useDesk } from '../desk/use-desk.ts'

const shown = 30

/** What the cabinet tells, as it comes in. The stream gives what happens from now on, not what was. */
export function FactTicker({ cabinet }: { readonly cabinet: string }): ReactNode {
  const words = useWords<OperatorId>()
  const { recent } = useDesk()
  const facts = useRecent(recent).facts.filter((fact) => fact.cabinet === cabinet)
  return (
    <section className="op-card op-ticker" aria-labelledby="ticker">
      <h2 id="ticker">{words.t('operator.facts')}</h2>
      {facts.length === 0 && <p className="op-muted">{words.t('operator.facts.none')}</p>}
      <ol tabIndex={facts.length > 6 ? 0 : undefined} aria-label={words.t('operator.facts')}>
        {facts.slice(0, shown).map(({ seq, type, label, at }) => (
          <li key={seq}>
            <time dateTime={new Date(at).toISOString()}>{secondsWords(at, words.locale)}</time>
            <b>{label ?? ''}</b>
            <span>{words.find(`operator.fact.${type}`) ?? type}</span>
            <small>#{seq}</small>
          </li>
        ))}
      </ol>
    </section>
  )
}
