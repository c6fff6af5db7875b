import type { ReactNode } from 'react'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { useKioskWords } from '../now.tsx'
import { problemWords } from '../problem-words.ts'

export interface PageProps {
  readonly title: string
  readonly hint?: string
  /** A refusal's code: said with what to do now. */
  readonly problem?: string | null
  /** The upper half: what is shown. */
  readonly children?: ReactNode
  /** The lower half, within reach: what can be done. */
  readonly acts?: ReactNode
}

const calm: ReadonlySet<string> = new Set(['deposit-cancelled'])

/** One question a screen: title above, picture in the middle, actions below. */
export function Page({ title, hint, problem = null, children, acts }: PageProps): ReactNode {
  const { locale } = useKioskWords()
  return (
    <>
      <div className="page-head">
        <h1>{title}</h1>
        {hint !== undefined && hint !== '' && <p>{hint}</p>}
      </div>
      {problem !== null && (
        <Banner tone={calm.has(problem) ? 'note' : 'danger'} title={problemWords(problem, locale)} code={problem} />
      )}
      <div className="page-body">{children}</div>
      {acts !== undefined && <div className="page-acts">{acts}</div>}
    </>
  )
}
