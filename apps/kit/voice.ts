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
  /** Speaks at 0..1; absent on devices without speech synthesis. Captions remain. */
  readonly speak?: (line: Line, volume: number) => void
  readonly hush?: () => void
}

export interface Voice {
  /** A new line interrupts the one before. */
  readonly say: (line: Line) => void
  readonly repeat: () => void
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
  let last: Line | undefined
  let volume = 1
  const sound = (line: Line): void => {
    ports.hush?.()
    if (volume === 0) return
    const address = line.clip === undefined ? undefined : ports.clipOf?.(line.clip, line.locale)
    if (address === undefined || ports.play === undefined) ports.speak?.(line, volume)
    else ports.play(address, volume).catch(() => line === last && ports.speak?.(line, volume))
  }
  const show = (line: Line | undefined): void => {
    last = line
    for (const changed of listeners) changed()
  }
  return {
    say: (line) => {
      show(line)
      sound(line)
    },
    repeat: () => {
      if (last) sound(last)
    },
    stop: () => {
      ports.hush?.()
      show(undefined)
    },
    setVolume: (next) => {
      volume = Math.min(1, Math.max(0, next))
      if (volume === 0) ports.hush?.()
    },
    caption: () => last?.text ?? '',
    subscribe: (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
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
