import { useEffect, useState } from 'react'
import { applyAccess, plainAccess, type Access } from '../kit/controls/ask/access-buttons.tsx'
import type { Show } from '@holdfast/wire/kiosk/show.ts'
import type { Voice } from '../kit/voice.ts'

/** A choice of language or text that nobody goes on with is forgotten. */
const forgetMs = 60_000
export const volumes = { off: 0, low: 0.5, loud: 1 } as const

/** By night so much of what was chosen; who listens instead of looking hears it still. */
export function loudness({ volume, guided }: Access, night: Show['night']): number {
  const chosen = volumes[volume]
  const quiet = (chosen * (night?.volumePercent ?? 100)) / 100
  return guided ? Math.max(quiet, Math.min(chosen, volumes.low)) : quiet
}

/** Nobody touches anything for so long: the screen is left alone. */
const aloneMs = 20_000

/** How bright the screen stands there by itself; undefined: as bright as ever. What asks for a hand is never dimmed. */
export function dimmed({ screen, night, emergency, maybeInside }: Show, isTouched: boolean): number | undefined {
  const calls = emergency === true || maybeInside !== undefined
  const asksForHand = screen.kind !== 'idle' || screen.openDoor !== null || calls
  return isTouched || asksForHand ? undefined : night?.brightnessPercent
}

/** Any touch or key brings the screen up; so does whoever is at work on it. */
function useDimming(show: Show | undefined): void {
  const [touches, setTouches] = useState(0)
  useEffect(() => {
    const hear = (): void => setTouches((before) => before + 1)
    document.addEventListener('pointerdown', hear)
    document.addEventListener('keydown', hear)
    return () => {
      document.removeEventListener('pointerdown', hear)
      document.removeEventListener('keydown', hear)
    }
  }, [])
  useEffect(() => {
    if (touches === 0) return undefined
    const timer = setTimeout(() => setTouches(0), aloneMs)
    return () => clearTimeout(timer)
  }, [touches])
  const percent = show === undefined ? undefined : dimmed(show, touches > 0)
  useEffect(() => {
    const { dataset, style } = document.documentElement
    style.setProperty('--brightness', `${percent ?? 100}%`)
    dataset['dim'] = percent === undefined || percent === 100 ? 'no' : 'yes'
  }, [percent])
}

export interface Chosen {
  readonly access: Access
  readonly setAccess: (access: Access) => void
  /** Undefined: the cabinet's own language. */
  readonly locale: string | undefined
  readonly choose: (locale: string) => void
  readonly guide: () => void
}

/** What a person set on this screen: gone when the screen is idle again, so that the next one finds it plain. */
export function useAccess(voice: Voice, show: Show | undefined): Chosen {
  useDimming(show)
  const isIdle = show?.screen.kind === 'idle'
  const earphones = show?.earphones === true
  const volume = (access: Access): number => loudness(access, show?.night)
  const isNight = show?.night !== undefined
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
    applyAccess(access, isNight ? 'dark' : 'light')
    voice.setVolume(volume(access))
  }, [access, voice, isNight, show?.night?.volumePercent])
  return { access, setAccess, locale, choose, guide }
}
