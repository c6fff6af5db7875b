import type { ReactNode } from 'react'
import { AskFailed } from '../../kit/cloud/ask-failed.tsx'
import { Progress } from '../../kit/controls/tell/progress.tsx'
import { Page } from '../../kit/phone/page.tsx'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { Tabs } from '../home/tabs.tsx'
import type { Tab } from '../home/tabs.tsx'
import type { Seen } from './seen.ts'

export interface ListPageProps<T> {
  readonly title: string
  readonly tab: Tab
  readonly seen: Seen<T>
  readonly children: (value: T) => ReactNode
  readonly foot?: ReactNode
}

/** A page around one list: loading, old with the reason why, or fresh. */
export function ListPage<T>({ title, tab, seen, children, foot }: ListPageProps<T>): ReactNode {
  const { t } = useWords<CourierId>()
  return (
    <Page
      title={title}
      foot={
        <>
          {foot}
          <Tabs current={tab} />
        </>
      }
    >
      <Trouble seen={seen} />
      {seen.good ? children(seen.good.value) : !seen.failure && <Progress label={t('courier.loading')} />}
    </Page>
  )
}

/** Why the list is not fresh, how old it is, and the button to ask again. Nothing while all is well. */
export function Trouble({ seen }: { readonly seen: Seen<unknown> }): ReactNode {
  const words = useWords<CourierId>()
  const { t } = words
  return (
    <AskFailed app="courier" asked={seen}>
      {seen.good && t('phone.updated', { time: words.date(seen.good.at, 'time') })}
    </AskFailed>
  )
}
