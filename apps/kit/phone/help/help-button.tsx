import { useState } from 'react'
import type { ComponentType, ReactNode } from 'react'
import { Button } from '../../controls/ask/button.tsx'
import { Icon } from '../../controls/icon.tsx'
import { Sheet } from '../../controls/sheet.tsx'
import { useWords } from '../../words/use-words.tsx'
import { CallNumbers } from './call-numbers.tsx'
import { helpNumbers } from './numbers.ts'

interface HelpProps {
  readonly onClose: () => void
}
type Load = () => Promise<{ readonly Help: ComponentType<HelpProps> }>

interface HelpButtonProps {
  /** Nobody waits for it on the first view. */
  readonly load?: Load
}

/** In the same corner of every screen of a phone (law 17). Where the network has gone, what is here already must do. */
export function HelpButton({ load = async () => await import('./help.tsx') }: HelpButtonProps): ReactNode {
  const { t } = useWords()
  const [{ Help }, set] = useState<{ readonly Help?: ComponentType<HelpProps> }>({})
  const open = (): void =>
    void load().then(
      (found) => set({ Help: found.Help }),
      () => set({ Help: NumbersAlone }),
    )
  return (
    <>
      <button type="button" className="hf-page-help" aria-label={t('control.help')} onClick={open}>
        <Icon name="help" size="1.6em" />
      </button>
      {Help && <Help onClose={() => set({})} />}
    </>
  )
}

/** Whom to call, and that nothing is lost. */
function NumbersAlone({ onClose }: HelpProps): ReactNode {
  const { t } = useWords()
  const close = (
    <Button kind="main" size="big" onPress={onClose}>
      {t('control.close')}
    </Button>
  )
  return (
    <Sheet open title={t('help.title')} onClose={onClose} actions={close}>
      <div className="hf-stack">
        <CallNumbers numbers={helpNumbers()} />
        <p>{t('help.safe')}</p>
      </div>
    </Sheet>
  )
}
