import './captions.css'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { Voice } from '../../voice.ts'

/** What the voice says, always on screen and read by screen readers. */
export function Captions({ voice }: { readonly voice: Voice }): ReactNode {
  const [text, setText] = useState(voice.caption)
  useEffect(() => {
    setText(voice.caption())
    return voice.subscribe(() => setText(voice.caption()))
  }, [voice])
  return (
    <p className="hf-captions" aria-live="polite">
      {text}
    </p>
  )
}
