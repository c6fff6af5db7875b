import './field.css'
import { useId } from 'react'
import type { HTMLInputTypeAttribute, ReactNode } from 'react'
import { Icon } from '../icon.tsx'
import { useWords } from '../../words/use-words.tsx'

export interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string
  /** What is wrong and what to do; read out with the field. */
  readonly error?: string
  readonly type?: HTMLInputTypeAttribute
  readonly inputMode?: 'text' | 'numeric' | 'tel' | 'email' | 'search' | 'decimal'
  readonly autoComplete?: string
  readonly optional?: boolean
  readonly disabled?: boolean
  readonly maxLength?: number
  readonly name?: string
  readonly autoFocus?: boolean
  /** More than one line of text. */
  readonly rows?: number
}

export function Field(props: FieldProps): ReactNode {
  const id = useId()
  const { t } = useWords()
  const described = [props.hint && `${id}-hint`, props.error && `${id}-error`].filter(Boolean).join(' ')
  const shared = {
    id,
    className: 'hf-field-input',
    name: props.name,
    value: props.value,
    disabled: props.disabled,
    maxLength: props.maxLength,
    autoFocus: props.autoFocus,
    autoComplete: props.autoComplete,
    'aria-invalid': props.error !== undefined,
    'aria-describedby': described === '' ? undefined : described,
    required: props.optional !== true,
  }
  return (
    <div className="hf-field">
      <label htmlFor={id}>
        {props.label}
        {props.optional === true && <small> ({t('control.optional')})</small>}
      </label>
      {props.hint !== undefined && <small id={`${id}-hint`}>{props.hint}</small>}
      {props.rows === undefined ? (
        <input
          {...shared}
          type={props.type ?? 'text'}
          inputMode={props.inputMode}
          onInput={(event) => props.onChange(event.currentTarget.value)}
        />
      ) : (
        <textarea {...shared} rows={props.rows} onInput={(event) => props.onChange(event.currentTarget.value)} />
      )}
      {props.error !== undefined && (
        <p id={`${id}-error`} className="hf-field-error" role="alert">
          <Icon name="warn" />
          {props.error}
        </p>
      )}
    </div>
  )
}
