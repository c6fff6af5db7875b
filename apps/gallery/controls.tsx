import { useState } from 'react'
import type { ReactNode } from 'react'
import { AccessButtons, applyAccess, plainAccess } from '../kit/controls/ask/access-buttons.tsx'
import { Button } from '../kit/controls/ask/button.tsx'
import { Field } from '../kit/controls/ask/field.tsx'
import { Keypad } from '../kit/controls/ask/keypad.tsx'
import { Sheet } from '../kit/controls/sheet.tsx'
import { CodeDisplay } from '../kit/controls/tell/code-display.tsx'
import { Captions } from '../kit/controls/tell/captions.tsx'
import { useWords } from '../kit/words/use-words.tsx'
import { browserVoice, createVoice } from '../kit/voice.ts'
import { Tells } from './tells.tsx'

const voice = createVoice(browserVoice())

export function Controls(): ReactNode {
  const { t, locale } = useWords()
  const [asking, setAsking] = useState(false)
  const [access, setAccess] = useState(plainAccess)
  return (
    <section aria-labelledby="controls">
      <h2 id="controls">Controls</h2>
      <AccessButtons
        access={access}
        onChange={(next) => {
          setAccess(next)
          applyAccess(next)
        }}
        onRepeat={() => voice.say({ text: t('scan.looking'), locale })}
      />
      <Captions voice={voice} />
      <Buttons onStop={() => setAsking(true)} />
      <div className="gallery-grid">
        <Typing />
        <div className="gallery-stack">
          <CodeDisplay digits="042718365" />
          <Fields />
          <Tells />
        </div>
      </div>
      <Question open={asking} onClose={() => setAsking(false)} />
    </section>
  )
}

function Buttons({ onStop }: { readonly onStop: () => void }): ReactNode {
  const { t } = useWords()
  return (
    <div className="gallery-row">
      <Button kind="main">{t('control.confirm')}</Button>
      <Button icon="back">{t('control.back')}</Button>
      <Button kind="danger" onPress={onStop}>
        {t('control.stop')}
      </Button>
      <Button disabled>{t('control.next')}</Button>
      <Button kind="main" busy>
        {t('control.busy')}
      </Button>
      <Button size="small" icon="help">
        {t('control.help')}
      </Button>
    </div>
  )
}

function Typing(): ReactNode {
  const { t } = useWords()
  const [code, setCode] = useState('042')
  return (
    <div className="gallery-stack">
      <Button kind="main" size="big" icon="parcel" hint={t('control.moreTime')}>
        {t('control.done')}
      </Button>
      <CodeDisplay digits={code} entry />
      <Keypad value={code} length={9} onChange={setCode} />
    </div>
  )
}

function Fields(): ReactNode {
  const { t, phone } = useWords()
  const [text, setText] = useState('')
  return (
    <>
      <Field label={t('control.language')} value={text} onChange={setText} hint={phone('+8613812345678')} />
      <Field label={t('control.help')} value={text} onChange={setText} error={t('refusal.tooMany')} optional rows={2} />
    </>
  )
}

function Question({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }): ReactNode {
  const { t } = useWords()
  const verbs = (
    <>
      <Button onPress={onClose}>{t('control.cancel')}</Button>
      <Button kind="main" onPress={onClose}>
        {t('control.confirm')}
      </Button>
    </>
  )
  return (
    <Sheet open={open} title={t('control.stillThere')} onClose={onClose} actions={verbs}>
      {t('control.stillThere.hint')}
    </Sheet>
  )
}
