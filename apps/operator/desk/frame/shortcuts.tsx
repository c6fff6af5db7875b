import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { Sheet } from '../../../kit/controls/sheet.tsx'
import type { OperatorId } from '../../../kit/words/operator/operator-words.ts'
import { useWords } from '../../../kit/words/use-words.tsx'
import { focusFirstRow, isTyping } from './list-keys.ts'

export type Shortcuts = Readonly<Record<string, () => void>>

/** Keys of the whole page. They rest while somebody types, while a question is open, and letters where switched off. */
export function useShortcuts(shortcuts: Shortcuts, singleKeys: boolean): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event.target) || document.querySelector('dialog[open]') !== null) return
      if (event.key === 'ArrowDown' && document.activeElement === document.body) {
        if (focusFirstRow()) event.preventDefault()
        return
      }
      if (!singleKeys && event.key.length === 1) return
      const act = latest.current[event.key]
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', hear)
    return () => document.removeEventListener('keydown', hear)
  }, [singleKeys])
}

const rows: readonly (readonly [readonly string[], OperatorId])[] = [
  [['/'], 'operator.keys.search'],
  [['?'], 'operator.keys.help'],
  [['o'], 'operator.nav.overview'],
  [['p'], 'operator.nav.parcels'],
  [['u'], 'operator.nav.undelivered'],
  [['h'], 'house.title'],
  [['↑', '↓', 'Home', 'End'], 'operator.keys.list'],
  [['Enter'], 'operator.keys.enter'],
  [['a'], 'operator.keys.acknowledge'],
  [['↑', '↓', '←', '→'], 'operator.keys.doors'],
  [['Esc'], 'operator.keys.escape'],
]

interface ShortcutsSheetProps {
  readonly open: boolean
  readonly singleKeys: boolean
  readonly onSingleKeys: (on: boolean) => void
  readonly onClose: () => void
}

export function ShortcutsSheet({ open, singleKeys, onSingleKeys, onClose }: ShortcutsSheetProps): ReactNode {
  const { t } = useWords<OperatorId>()
  return (
    <Sheet open={open} title={t('operator.keys.title')} onClose={onClose}>
      <dl className="op-keys">
        {rows.map(([names, word]) => (
          <div key={word}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{t(word)}</dd>
          </div>
        ))}
      </dl>
      <label className="op-check">
        <input type="checkbox" checked={singleKeys} onChange={(event) => onSingleKeys(event.currentTarget.checked)} />
        {t('operator.keys.single')}
      </label>
    </Sheet>
  )
}
