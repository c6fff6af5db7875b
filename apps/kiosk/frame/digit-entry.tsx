import { useState } from 'react'
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
  const [typed, setTyped] = useState({ attempt, digits: '' })
  // Emptied by the drawing itself, not after it: a key that falls between the two belongs to the new try.
  const digits = typed.attempt === attempt ? typed.digits : ''
  return (
    <div className="digit-entry">
      <CodeDisplay digits={digits} length={length} entry />
      <Keypad
        value={digits}
        length={length}
        disabled={disabled}
        onChange={(next) => {
          setTyped({ attempt, digits: next })
          if (next.length === length) onFull(next)
        }}
      />
    </div>
  )
}
