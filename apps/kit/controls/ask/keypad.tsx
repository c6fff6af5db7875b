import './keypad.css'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '../icon.tsx'
import { useWords } from '../../words/use-words.tsx'

export interface KeypadProps {
  readonly value: string
  /** Called with the new digits; never longer than `length`. */
  readonly onChange: (value: string) => void
  readonly length: number
  /** A digit was taken: the kiosk speaks it. */
  readonly onKey?: (digit: string) => void
  /** Also listen to a real keyboard while no field has the focus. On by default. */
  readonly hardware?: boolean
  readonly disabled?: boolean
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select') !== null

/** Telephone order, a raised mark on 5, and the keys of a real keyboard. */
export function Keypad(props: KeypadProps): ReactNode {
  const { value, length, disabled = false } = props
  const { t } = useWords()
  const press = (key: string): void => {
    if (disabled) return
    if (key === 'Backspace') props.onChange(value.slice(0, -1))
    else if (key === 'Delete') props.onChange('')
    else if (/^\d$/.test(key) && value.length < length) {
      props.onChange(value + key)
      props.onKey?.(key)
    }
  }
  // Listens while it is disabled too: a listener that comes back after the drawing would miss the first key.
  useHardware(props.hardware !== false, press)
  const keyOf = (digit: string): ReactNode => (
    <button key={digit} type="button" className="hf-key" disabled={disabled} onClick={() => press(digit)}>
      {digit}
      {digit === '5' && <span className="hf-key-bump" aria-hidden="true" />}
    </button>
  )
  return (
    <div
      className="hf-keypad"
      role="group"
      aria-label={t('control.keypad')}
      data-typed={value.length}
      data-length={length}
      data-disabled={disabled}
    >
      {digits.map(keyOf)}
      <button type="button" className="hf-key hf-key-word" disabled={disabled} onClick={() => press('Delete')}>
        {t('control.clear')}
      </button>
      {keyOf('0')}
      <button
        type="button"
        className="hf-key"
        data-key="erase"
        aria-label={t('control.delete')}
        disabled={disabled}
        onClick={() => press('Backspace')}
      >
        <Icon name="erase" />
      </button>
    </div>
  )
}

function useHardware(active: boolean, press: (key: string) => void): void {
  const latest = useRef(press)
  latest.current = press
  useEffect(() => {
    if (!active) return undefined
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return
      latest.current(event.key)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [active])
}
