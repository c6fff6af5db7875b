import './button.css'
import type { ReactNode } from 'react'
import { Icon } from '../icon.tsx'
import type { IconName } from '../icon.tsx'

export interface ButtonProps {
  readonly children: ReactNode
  readonly onPress?: () => void
  /** `main`: the one thing to do here; `quiet`: everything else; `danger`: cannot be taken back. */
  readonly kind?: 'main' | 'quiet' | 'danger'
  /** `big`: a kiosk door of a button, or a phone's full width. `small`: dense tables only, still 44 px. */
  readonly size?: 'big' | 'usual' | 'small'
  readonly icon?: IconName
  /** Shows progress, keeps focus, ignores presses. */
  readonly busy?: boolean
  readonly disabled?: boolean
  /** Inside a form: presses submit it. */
  readonly submit?: boolean
  readonly pressed?: boolean
  /** A spoken name where the visible one is too short. */
  readonly label?: string
  /** Second line in small print under the verb. */
  readonly hint?: string
  /** What it is to a keypad without a screen: such a button has the same key everywhere. */
  readonly mark?: 'back' | 'stop' | 'help' | 'volume' | 'close'
}

export function Button(props: ButtonProps): ReactNode {
  const { kind = 'quiet', size = 'usual', busy = false, onPress } = props
  return (
    <button
      type={props.submit === true ? 'submit' : 'button'}
      className={`hf-button hf-button-${kind} hf-button-${size}`}
      disabled={props.disabled === true}
      aria-busy={busy}
      aria-disabled={busy}
      aria-pressed={props.pressed}
      aria-label={props.label}
      data-guide={props.mark}
      onClick={(event) => {
        if (busy) event.preventDefault()
        else onPress?.()
      }}
    >
      {props.icon && <Icon name={props.icon} size={size === 'big' ? '1.6em' : '1.25em'} />}
      <span className="hf-button-words">
        {props.children}
        {props.hint !== undefined && <small>{props.hint}</small>}
      </span>
      {busy && <span className="hf-button-busy" aria-hidden="true" />}
    </button>
  )
}
