import './language-switch.css'
import type { ReactNode } from 'react'
import { Icon } from '../icon.tsx'
import { useWords } from '../../words/use-words.tsx'
import type { Language } from '../../words/word-source.ts'

export interface LanguageSwitchProps {
  /** From the app's word source; each is shown by its own name for itself. */
  readonly languages: readonly Language[]
  readonly onChoose: (locale: string) => void
}

export function LanguageSwitch({ languages, onChoose }: LanguageSwitchProps): ReactNode {
  const { t, locale } = useWords()
  return (
    <div className="hf-languages" role="group" aria-label={t('control.language')}>
      <Icon name="globe" />
      {languages.map((language) => (
        <button
          key={language.locale}
          type="button"
          lang={language.locale}
          aria-pressed={language.locale === locale}
          onClick={() => onChoose(language.locale)}
        >
          {language.name}
        </button>
      ))}
    </div>
  )
}
