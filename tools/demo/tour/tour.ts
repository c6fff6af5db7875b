import type { Places } from '../plan/places.ts'
import type { Progress } from '../say/progress.ts'
import { formatTable } from '../say/table.ts'
import { setStage, type Stage } from './stage.ts'
import { announcing } from './steps/announcing.ts'
import { depositing } from './steps/depositing.ts'
import { knowing } from './steps/knowing.ts'
import { operating } from './steps/operating.ts'
import { pickingUp } from './steps/picking-up.ts'
import { returning } from './steps/returning.ts'
import { withoutNetwork } from './steps/without-network.ts'

/** One thing that happens in the story; throws where it does not. What it returns stands in the summary. */
export interface TourStep {
  readonly name: string
  readonly play: (stage: Stage) => Promise<string>
}

interface Played {
  readonly name: string
  readonly ms: number
  readonly ok: boolean
  readonly words: string
}

const story: readonly TourStep[] = [
  ...announcing,
  ...depositing,
  ...pickingUp,
  ...returning,
  ...withoutNetwork,
  ...operating,
  ...knowing,
]

/** Plays the story over the running town; 0 where every step came true. Later steps stand on earlier ones. */
export async function playTour(places: Places, progress: Progress): Promise<number> {
  const stage = await setStage(places)
  try {
    return await playStory(story, stage, progress)
  } finally {
    stage.leave()
  }
}

/** 0 where every step came true; the first that does not ends the story, and is said with its reason. */
export async function playStory(story: readonly TourStep[], stage: Stage, progress: Progress): Promise<number> {
  const began = Date.now()
  const played: Played[] = []
  for (const { name, play } of story) {
    const step = progress.begin(name)
    const at = Date.now()
    try {
      const words = await play(stage)
      step.done(words)
      played.push({ name, ms: Date.now() - at, ok: true, words })
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error)
      step.failed(words)
      played.push({ name, ms: Date.now() - at, ok: false, words })
      break
    }
  }
  progress.say(summary(played, story.length, Date.now() - began))
  return played.length === story.length && played.every(({ ok }) => ok) ? 0 : 1
}

function summary(played: readonly Played[], steps: number, tookMs: number): string {
  const rows = played.map(({ name, ms, ok, words }) => [ok ? 'ok' : 'FAILED', name, seconds(ms), words])
  const good = played.filter(({ ok }) => ok).length
  const missing = steps - played.length
  const end = `${good} of ${steps} steps came true in ${seconds(tookMs)}${missing > 0 ? `, ${missing} not played` : ''}`
  return `\n${formatTable([['', 'step', 'time', ''], ...rows])}\n\n${end}\n`
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
