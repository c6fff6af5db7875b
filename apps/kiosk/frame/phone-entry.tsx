import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Keypad } from '../../kit/controls/ask/keypad.tsx'

export interface PhoneEntryProps {
  /** Where the cabinet stands. */
  readonly country: string | undefined
  readonly busy: boolean
  readonly verb: string
  readonly onDone: (phone: string) => void
}

const shortest = 6
/** Fifteen of the number, and 00 before it. */
const longest = 17

/** Any country's number: with the country code in front where it is from abroad. What was typed stays after a slip. */
export function PhoneEntry({ country, busy, verb, onDone }: PhoneEntryProps): ReactNode {
  const [digits, setDigits] = useState('')
  return (
    <div className="digit-entry">
      <output className="phone-digits">{grouped(digits, country)}</output>
      <Keypad value={digits} length={longest} disabled={busy} onChange={setDigits} />
      <Button kind="main" size="big" busy={busy} disabled={digits.length < shortest} onPress={() => onDone(digits)}>
        {verb}
      </Button>
    </div>
  )
}

/** For the eye only: 138 0013 8000, 0571 8888 1234, 00 8210 1234 5678. */
function grouped(digits: string, country: string | undefined): string {
  if (digits === '') return '\u00a0'
  const first = firstOf(digits, country)
  return [digits.slice(0, first), ...(digits.slice(first).match(/\d{1,4}/g) ?? [])].join(' ')
}

/** How many stand by themselves: the way out of the country, an area code, or the network of a mobile. */
function firstOf(digits: string, country: string | undefined): number {
  if (digits.startsWith('00')) return 2
  return country === 'CN' && /^0[3-9]/.test(digits) ? 4 : 3
}
