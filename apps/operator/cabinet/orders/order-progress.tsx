import { useEffect } from 'react'
import type { ReactNode } from 'react'
import type { OrderView } from '@holdfast/wire/http/cabinets.ts'
import { cabinetCodes } from '@holdfast/wire/codes/cabinet.ts'
import type { OperatorId } from '../../../kit/words/operator/operator-words.ts'
import type { Words } from '../../../kit/words/create-words.ts'
import { useWords } from '../../../kit/words/use-words.tsx'
import { isSettled } from '../../cloud/recent.ts'
import { Moment } from '../../desk/now.tsx'
import { useDesk } from '../../desk/use-desk.ts'
import { stepsOf } from './order-steps.ts'

const pollMs = 3_000

interface OrderProgressProps {
  readonly order: OrderView
  readonly label: string
  /** The newest one is told step by step; older ones by their end. */
  readonly latest: boolean
}

/** An order followed until it is settled: by the stream, and by asking where the stream is broken. */
export function OrderProgress({ order, label, latest }: OrderProgressProps): ReactNode {
  const words = useWords<OperatorId>()
  const { t } = words
  useFollowed(order)
  const { kind, state, reason, staffName, askedAt, refusal } = order
  const steps = stepsOf(order)
  return (
    <div className="op-order" data-settled={isSettled(state)} role="status">
      <p>
        <strong>{words.find(`operator.action.${kind}`) ?? kind}</strong>{' '}
        <span className="op-muted">{staffName} · </span>
        <Moment at={askedAt} only="clock" />
      </p>
      <p className="op-muted op-quote">{reason}</p>
      <ol className="op-order-steps">
        {(latest ? steps : steps.slice(-1)).map((step) => (
          <li key={step.word} data-step={step.state}>
            {words.find(`operator.order.${kind}.${step.word}`, { label }) ??
              t(`operator.order.${step.word}`, { label })}
          </li>
        ))}
      </ol>
      {refusal !== null && <p className="op-refusal">{refusalWords(refusal, words)}</p>}
    </div>
  )
}

/** The cabinet's reason in its own words, which wire keeps in every language. */
export function refusalWords(code: string, { locale }: Pick<Words, 'locale'>): string {
  const known = Object.entries(cabinetCodes).find(([name]) => name === code)?.[1].messages
  return known === undefined ? code : locale === 'zh' || locale === 'ko' ? known[locale] : known.en
}

function useFollowed({ order, state }: OrderView): void {
  const { client, recent } = useDesk()
  useEffect(() => {
    if (isSettled(state)) return undefined
    const timer = setInterval(() => {
      void client.get<OrderView>(`/v1/operator/orders/${encodeURIComponent(order)}`).then((answer) => {
        if (answer.ok) recent.takeOrder(answer.value)
      })
    }, pollMs)
    return () => clearInterval(timer)
  }, [client, recent, order, state])
}
