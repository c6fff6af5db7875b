/** One thing to say: the caption is always shown; `clip` names a recording where there is one. */
export interface Line {
  readonly text: string
  readonly locale: string
  readonly clip?: string
}

export interface VoicePorts {
  /** Address of a recorded clip, if this cabinet has it in that language. */
  readonly clipOf?: (clip: string, locale: string) => string | undefined
  /** Plays an address at 0..1 and settles when it ends; rejects where it cannot. */
  readonly play?: (address: string, volume: number) => Promise<void>
  /** Speaks at 0..1, after what it is speaking; absent on devices without speech synthesis. Captions remain. */
  readonly speak?: (line: Line, volume: number) => void
  readonly hush?: () => void
}

export interface Voice {
  /** A new line interrupts the one before; `more` is said after it and stands in no caption. */
  readonly say: (line: Line, more?: readonly Line[]) => void
  readonly repeat: () => void
  /** Silence until the next line; the caption stays. */
  readonly hush: () => void
  readonly stop: () => void
  /** 0 is silent; captions go on. */
  readonly setVolume: (volume: number) => void
  readonly caption: () => string
  /** Called at each change of the caption; gives the way out. */
  readonly subscribe: (changed: () => void) => () => void
}

/** Recorded clips where present, else speech, else captions alone; captions always. */
export function createVoice(ports: VoicePorts): Voice {
  const listeners = new Set<() => void>()
  let last: readonly Line[] = []
  let volume = 1
  const sound = async (lines: readonly Line[]): Promise<void> => {
    ports.hush?.()
    for (const line of lines) {
      if (volume === 0 || lines !== last) return
      const address = line.clip === undefined ? undefined : ports.clipOf?.(line.clip, line.locale)
      const isPlayed = address !== undefined && ports.play !== undefined && (await plays(ports.play(address, volume)))
      if (!isPlayed && lines === last) ports.speak?.(line, volume)
    }
  }
  const show = (lines: readonly Line[]): void => {
    last = lines
    for (const changed of listeners) changed()
  }
  return {
    say: (line, more = []) => {
      show([line, ...more])
      void sound(last)
    },
    repeat: () => {
      last = [...last]
      void sound(last)
    },
    hush: () => {
      last = [...last]
      ports.hush?.()
    },
    stop: () => {
      ports.hush?.()
      show([])
    },
    setVolume: (next) => {
      volume = Math.min(1, Math.max(0, next))
      if (volume === 0) ports.hush?.()
    },
    caption: () => last[0]?.text ?? '',
    subscribe: (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
  }
}

const plays = async (clip: Promise<void>): Promise<boolean> => {
  try {
    await clip
    return true
  } catch {
    return false
  }
}

/** The browser's own loudspeaker and speech, as far as it has them. */
export function browserVoice(clipOf?: NonNullable<VoicePorts['clipOf']>): VoicePorts {
  const synthesis: SpeechSynthesis | undefined = globalThis.speechSynthesis
  let playing: HTMLAudioElement | undefined
  return {
    ...(clipOf ? { clipOf } : {}),
    play: (address, volume) =>
      new Promise((resolve, reject) => {
        playing = new Audio(address)
        playing.volume = volume
        playing.addEventListener('ended', () => resolve())
        playing.addEventListener('error', () => reject(new Error('clip not playable')))
        playing.play().catch(reject)
      }),
    speak: ({ text, locale }, volume) => {
      if (synthesis === undefined) return
      const utterance = new SpeechSynthesisUtterance(text)
      utterance.lang = locale
      utterance.volume = volume
      utterance.rate = 0.95
      synthesis.speak(utterance)
    },
    hush: () => {
      playing?.pause()
      playing = undefined
      synthesis?.cancel()
    },
  }
}
