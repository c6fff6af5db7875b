import type { ReactNode } from 'react'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { LanguageSwitch } from '../../../kit/controls/ask/language-switch.tsx'
import { Sheet } from '../../../kit/controls/sheet.tsx'
import { operatorWords } from '../../../kit/words/operator/operator-words.ts'
import type { OperatorId } from '../../../kit/words/operator/operator-words.ts'
import { useWords } from '../../../kit/words/use-words.tsx'
import type { Choices, Theme } from '../choices.ts'
import { useDesk } from '../use-desk.ts'

const themes: readonly Theme[] = ['light', 'dark', 'system']

interface SettingsProps {
  readonly open: boolean
  readonly theme: Theme
  readonly choose: (change: Partial<Choices>) => void
  readonly onShortcuts: () => void
  readonly onClose: () => void
}

export function Settings({ open, theme, choose, onShortcuts, onClose }: SettingsProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const { client, me } = useDesk()
  const signOut = async (): Promise<void> => {
    await client.send('/v1/operator/sign-out')
    choose({ signedIn: false })
  }
  return (
    <Sheet
      open={open}
      title={me?.name ?? t('operator.settings')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onShortcuts}>{t('operator.keys.title')}</Button>
          <Button onPress={() => void signOut()}>{t('operator.signOut')}</Button>
        </>
      }
    >
      {me && (
        <p className="op-muted">
          {t(`operator.role.${me.role}`)} · {me.operatorName}
        </p>
      )}
      <LanguageSwitch languages={operatorWords.languages} onChoose={(locale) => choose({ locale })} />
      <div className="op-choice" role="group" aria-label={t('operator.theme')}>
        <span aria-hidden="true">{t('operator.theme')}</span>
        {themes.map((name) => (
          <Button key={name} size="small" pressed={theme === name} onPress={() => choose({ theme: name })}>
            {t(`operator.theme.${name}`)}
          </Button>
        ))}
      </div>
    </Sheet>
  )
}
