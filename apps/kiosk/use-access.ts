import { useEffect, useState } from 'react'
import { applyAccess, plainAccess, type Access } from '../kit/controls/ask/access-buttons.tsx'
import type { Voice } from '../kit/voice.ts'

/** A choice of language or text that nobody goes on with is forgotten. */
const forgetMs = 60_000
export const volumes = { off: 0, low: 0.5, loud: 1 } as const

export interface Chosen {
  readonly access: Access
  readonly setAccess: (access: Access) => void
  /** Undefined: the cabinet's own language. */
  readonly locale: string | undefined
  readonly choose: (locale: string) => void
  readonly guide: () => void
}

/** What a person set on this screen: gone when the screen is idle again, so that the next one finds it plain. */
export function useAccess(voice: Voice, isIdle: boolean, earphones: boolean): Chosen {
  const [locale, choose] = useState<string>()
  const [access, setAccess] = useState<Access>(plainAccess)
  const guide = (): void => setAccess((before) => ({ ...before, guided: true, volume: 'loud' }))
  const forget = (): void => {
    choose(undefined)
    setAccess(earphones ? { ...plainAccess, guided: true, volume: 'loud' } : plainAccess)
  }
  useEffect(() => {
    if (isIdle) forget()
  }, [isIdle])
  useEffect(() => {
    if (!isIdle) return undefined
    const timer = setTimeout(forget, forgetMs)
    return () => clearTimeout(timer)
  }, [isIdle, locale, access])
  useEffect(() => {
    if (earphones) guide()
  }, [earphones])
  useEffect(() => {
    applyAccess(access)
    voice.setVolume(volumes[access.volume])
  }, [access, voice])
  return { access, setAccess, locale, choose, guide }
}
