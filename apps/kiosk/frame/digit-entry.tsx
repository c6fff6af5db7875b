import { useLayoutEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Keypad } from '../../kit/controls/ask/keypad.tsx'
import { CodeDisplay } from '../../kit/controls/tell/code-display.tsx'

export interface DigitEntryProps {
  readonly length: number
  /** Called once all digits are there. */
  readonly onFull: (digits: string) => void
  /** Another value empties the places: a new try. */
  readonly attempt: number
  readonly disabled?: boolean
}

/** Typed digits stay here until they are complete: a key press touches nothing but this. */
export function DigitEntry({ length, onFull, attempt, disabled = false }: DigitEntryProps): ReactNode {
  const [digits, setDigits] = useState('')
  // Before the new screen is seen: what somebody types at once is not wiped away under the fingers.
  useLayoutEffect(() => setDigits(''), [attempt])
  return (
    <div className="digit-entry">
      <CodeDisplay digits={digits} length={length} entry />
      <Keypad
        value={digits}
        length={length}
        disabled={disabled}
        onChange={(next) => {
          setDigits(next)
          if (next.length === length) onFull(next)
        }}
      />
    </div>
  )
}
