import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Keypad } from '../../kit/controls/ask/keypad.tsx'

export interface PhoneEntryProps {
  readonly busy: boolean
  readonly verb: string
  readonly onDone: (phone: string) => void
}

const shortest = 6
/** Fifteen of the number, and 00 before it. */
const longest = 17

/** Any country's number: with the country code in front where it is from abroad. What was typed stays after a slip. */
export function PhoneEntry({ busy, verb, onDone }: PhoneEntryProps): ReactNode {
  const [digits, setDigits] = useState('')
  return (
    <div className="digit-entry">
      <output className="phone-digits">{grouped(digits)}</output>
      <Keypad value={digits} length={longest} disabled={busy} onChange={setDigits} />
      <Button kind="main" size="big" busy={busy} disabled={digits.length < shortest} onPress={() => onDone(digits)}>
        {verb}
      </Button>
    </div>
  )
}

/** For the eye only: 138 0013 8000. */
const grouped = (digits: string): string =>
  digits === '' ? '\u00a0' : [digits.slice(0, 3), digits.slice(3, 7), digits.slice(7)].filter(Boolean).join(' ')
