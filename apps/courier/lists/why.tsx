import type { ReactNode } from 'react'
import { type CorrectReason, correctReasons } from '@holdfast/wire/http/parcels.ts'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'

interface WhyProps {
  readonly picked: CorrectReason | undefined
  readonly onPick: (why: CorrectReason) => void
}

/** One tap, gloves on: the operator reads it in the parcel's story. */
export function Why({ picked, onPick }: WhyProps): ReactNode {
  const { t } = useWords<CourierId>()
  return (
    <fieldset className="why">
      <legend>{t('courier.amend.why')}</legend>
      {correctReasons.map((why) => (
        <label key={why}>
          <input type="radio" name="why" checked={why === picked} onChange={() => onPick(why)} />
          {t(`courier.amend.why.${why}`)}
        </label>
      ))}
    </fieldset>
  )
}
