/** How long one call is heard; the next call sounds anew. */
export const soundMs = 60_000

/** Two tones by turns, at full volume whatever the volume of speech is set to (law 17). */
export function startAlarm(loud = 0.9): () => void {
  if (typeof AudioContext === 'undefined') return () => {}
  const context = new AudioContext()
  const tone = new OscillatorNode(context, { type: 'square', frequency: 880 })
  const beat = new OscillatorNode(context, { type: 'square', frequency: 2 })
  const depth = new GainNode(context, { gain: 220 })
  const loudness = new GainNode(context, { gain: loud })
  beat.connect(depth).connect(tone.frequency)
  tone.connect(loudness).connect(context.destination)
  tone.start()
  beat.start()
  // A browser that wants a touch first starts with the next one; the guide to deploying says how it needs none.
  void context.resume().catch(() => {})
  return () => {
    void context.close().catch(() => {})
  }
}
