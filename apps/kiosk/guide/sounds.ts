/** Where a door is for the ear: -1 left to 1 right of the screen, 0 at the floor to 1 at the top. */
export interface Spot {
  readonly side: number
  readonly height: number
}

/** What sounds beside the voice. A cabinet with a buzzer at each door has one more of these. */
export interface Sounds {
  /** The same for every key: it tells nobody which one. */
  readonly key: () => void
  /** Leads to the open door. */
  readonly door: (spot: Spot) => void
}

const keyHz = 880
const keyMs = 60
const chirpMs = 140
const lowestHz = 520
const highestHz = 1_560

/** The higher the door, the higher the tone; from its side of the cabinet where there are two loudspeakers. */
export const chirpHz = ({ height }: Spot): number =>
  Math.round(lowestHz + (highestHz - lowestHz) * Math.min(1, Math.max(0, height)))

/** The screen's own loudspeakers. Without any, or before the page may sound, it is silent and nothing fails. */
export function browserSounds(volume: () => number): Sounds {
  let context: AudioContext | undefined
  const tone = (hz: number, side: number, afterMs: number, lengthMs: number): void => {
    if (globalThis.AudioContext === undefined || volume() === 0) return
    context ??= new AudioContext()
    if (context.state === 'suspended') void context.resume()
    const start = context.currentTime + afterMs / 1000
    const end = start + lengthMs / 1000
    const loud = new GainNode(context, { gain: 0 })
    loud.gain.setTargetAtTime(0.35 * volume(), start, 0.008)
    loud.gain.setTargetAtTime(0, end, 0.02)
    const source = new OscillatorNode(context, { frequency: hz, type: 'triangle' })
    source
      .connect(loud)
      .connect(new StereoPannerNode(context, { pan: side }))
      .connect(context.destination)
    source.start(start)
    source.stop(end + 0.2)
  }
  return {
    key: () => tone(keyHz, 0, 0, keyMs),
    door: (spot) => {
      for (const afterMs of [0, 220]) tone(chirpHz(spot), spot.side, afterMs, chirpMs)
    },
  }
}
