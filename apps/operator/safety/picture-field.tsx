import './safety.css'
import { useEffect, useId, useState } from 'react'
import type { ReactNode } from 'react'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'

interface PictureFieldProps {
  readonly file: File | undefined
  readonly onFile: (file: File | undefined) => void
  /** The sensor says something else: the word counts with a picture only (law 16). */
  readonly needed: boolean
  readonly missing: boolean
}

/** Taken by the phone's camera, or chosen at a desk. */
export function PictureField({ file, onFile, needed, missing }: PictureFieldProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const id = useId()
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    if (file === undefined) return undefined
    const url = URL.createObjectURL(file)
    setAddress(url)
    return () => URL.revokeObjectURL(url)
  }, [file])
  return (
    <div className="op-picture">
      <label htmlFor={id}>{t(needed ? 'operator.picture.needed' : 'operator.picture')}</label>
      <input
        id={id}
        type="file"
        accept="image/*"
        capture="environment"
        aria-invalid={missing}
        aria-describedby={missing ? `${id}-missing` : undefined}
        onChange={(event) => onFile(event.currentTarget.files?.[0])}
      />
      {missing && (
        <p className="op-refusal" id={`${id}-missing`} role="alert">
          {t('operator.picture.missing')}
        </p>
      )}
      {file !== undefined && address !== undefined && <img src={address} alt={t('operator.picture.alt')} />}
    </div>
  )
}
