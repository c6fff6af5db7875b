import './new-cabinet.css'
import { useState } from 'react'
import type { ChangeEvent, ReactNode } from 'react'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import { Icon } from '../../kit/controls/icon.tsx'
import { CabinetDrawing } from '../../kit/drawing/cabinet-drawing.tsx'
import type { DoorViews } from '../../kit/drawing/doors.ts'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { readLayout } from './read-layout.ts'
import type { Problem } from './rules.ts'

interface LayoutPickerProps {
  readonly layout: CabinetLayout | undefined
  readonly missing: boolean
  /** Of a cabinet that grows. */
  readonly before?: CabinetLayout
  readonly onLayout: (layout: CabinetLayout | undefined) => void
}

/** The layout file: judged here before it is sent, and drawn so that a person sees what it says. */
export function LayoutPicker({ layout, missing, before, onLayout }: LayoutPickerProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const [name, setName] = useState('')
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const take = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = event.currentTarget.files?.[0]
    if (file === undefined) return
    setName(file.name)
    const read = readLayout(await file.text(), before)
    setProblems(read.ok ? [] : read.problems)
    onLayout(read.ok ? read.layout : undefined)
  }
  return (
    <section className="op-layout" aria-labelledby="layout">
      <h2 id="layout">{t(before ? 'moving.terminal.layout' : 'operator.new.layout')}</h2>
      <p className="op-muted">{t(before ? 'moving.terminal.layout.what' : 'operator.new.layout.what')}</p>
      <label className="op-file">
        <input type="file" accept="application/json,.json" onChange={(event) => void take(event)} />
        <Icon name="plus" />
        <span>{name === '' ? t('operator.new.layout.choose') : t('operator.new.layout.other', { name })}</span>
      </label>
      <div role="alert">
        {missing && layout === undefined && problems.length === 0 && (
          <p className="hf-field-error">
            <Icon name="warn" />
            {t('operator.new.layout.missing')}
          </p>
        )}
        {problems.length > 0 && <Problems problems={problems} />}
      </div>
      {layout && <Preview layout={layout} />}
    </section>
  )
}

function Problems({ problems }: { readonly problems: readonly Problem[] }): ReactNode {
  const { t } = useWords<OperatorId>()
  return (
    <div className="op-problems">
      <strong>{t('operator.new.layout.wrong', { count: problems.length })}</strong>
      <ul>
        {problems.map(({ path, code, value }, i) => (
          <li key={i}>
            {path !== '' && <code>{path}</code>} {t(`operator.layout.${code}`, { value: value ?? '' })}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Preview({ layout }: { readonly layout: CabinetLayout }): ReactNode {
  const { t } = useWords<OperatorId>()
  const doors: DoorViews = Object.fromEntries(
    layout.compartments.map(({ id }) => [id, { occupancy: 'free', door: 'shut' }]),
  )
  const sizes = (['S', 'M', 'L', 'XL'] as const).map((size) => ({
    size,
    count: layout.compartments.filter((plan) => plan.size === size).length,
  }))
  return (
    <div className="op-preview">
      <p>
        <strong>{t('state.doors', { count: layout.compartments.length })}</strong>{' '}
        <span className="op-muted">
          {sizes
            .filter(({ count }) => count > 0)
            .map(({ size, count }) => `${size} ${count}`)
            .join(' · ')}
        </span>
      </p>
      <CabinetDrawing layout={layout} doors={doors} screenWord={t('operator.screen')} showReach />
    </div>
  )
}
