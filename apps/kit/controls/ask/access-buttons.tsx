import './access-buttons.css'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { useWords } from '../../words/use-words.tsx'

/** What a person may set on any public screen. Nothing here says who they are. */
export interface Access {
  readonly contrast: boolean
  readonly largeText: boolean
  /** Everything to touch stands within reach of a wheelchair or a child. */
  readonly low: boolean
  /** Every screen is spoken whole, with its keys. */
  readonly guided: boolean
  readonly volume: Volume
}

export type Volume = 'off' | 'low' | 'loud'

export const plainAccess: Access = { contrast: false, largeText: false, low: false, guided: false, volume: 'low' }

/** Writes the choice onto the page's root, where the tokens read it. */
export function applyAccess(access: Access, theme: 'light' | 'dark' = 'light'): void {
  const root = document.documentElement.dataset
  root['theme'] = access.contrast ? 'contrast' : theme
  root['text'] = access.largeText ? 'large' : 'usual'
  root['reach'] = access.low ? 'low' : 'usual'
}

export interface AccessButtonsProps {
  readonly access: Access
  readonly onChange: (access: Access) => void
  /** Says the last line again; without it there is no sound, and no sound buttons. */
  readonly onRepeat?: () => void
}

const louder: Readonly<Record<Volume, Volume>> = { off: 'low', low: 'loud', loud: 'off' }

export function AccessButtons({ access, onChange, onRepeat }: AccessButtonsProps): ReactNode {
  const { t } = useWords()
  return (
    <div className="hf-access" role="group" aria-label={t('control.access')}>
      <Button
        icon="contrast"
        pressed={access.contrast}
        onPress={() => onChange({ ...access, contrast: !access.contrast })}
      >
        {t('control.contrast')}
      </Button>
      <Button
        icon="text"
        pressed={access.largeText}
        onPress={() => onChange({ ...access, largeText: !access.largeText })}
      >
        {t('control.largeText')}
      </Button>
      {onRepeat && (
        <>
          <Button icon="down" pressed={access.low} onPress={() => onChange({ ...access, low: !access.low })}>
            {t('control.low')}
          </Button>
          <Button icon="speak" pressed={access.guided} onPress={() => onChange({ ...access, guided: !access.guided })}>
            {t('control.guided')}
          </Button>
          <Button
            icon={access.volume}
            mark="volume"
            onPress={() => onChange({ ...access, volume: louder[access.volume] })}
          >
            {t('control.volume', { level: access.volume })}
          </Button>
          <Button icon="repeat" onPress={onRepeat}>
            {t('control.repeat')}
          </Button>
        </>
      )}
    </div>
  )
}
