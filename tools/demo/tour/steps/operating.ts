import { alertListSchema } from '@holdfast/wire/http/alerts.ts'
import { operatorParcelSchema, parcelStorySchema } from '@holdfast/wire/http/parcels.ts'
import { pageOf } from '@holdfast/wire/http/shapes.ts'
import { setTimeout as pause } from 'node:timers/promises'
import { eventually } from '../../actors/watch.ts'
import { alert, order, viewOf } from '../moves/in-cloud.ts'
import type { Stage } from '../stage.ts'
import type { TourStep } from '../tour.ts'

export const operating: readonly TourStep[] = [
  { name: 'Remote open with a reason, looked at, out of service and back', play: remote },
  { name: 'A parcel’s story as a timeline of cloud and cabinet', play: timeline },
  { name: 'The door that was left open: alert, and its end', play: leftOpen },
]

async function remote(stage: Stage): Promise<string> {
  const { compartments } = await viewOf(stage, 'library')
  const label = compartments.find(({ use, door }) => use === 'free' && door === 'shut')?.label
  if (label === undefined) throw new Error('no free compartment at the library')
  const place = { cabinet: 'library', label } as const
  const opened = await order(stage, { ...place, kind: 'open', reason: 'a recipient asks to look' })
  if (opened.state !== 'opened') throw new Error(`the door is ${opened.state} ${opened.refusal ?? ''}`)
  await stage.street.door('library', label, ({ leaf }) => leaf !== 'shut')
  await stage.street.shut('library', label)
  await seenShut(stage, label)
  await done(stage, { ...place, kind: 'inspect', seen: 'empty', reason: 'looked inside' })
  await done(stage, { ...place, kind: 'retire', reason: 'the hinge creaks' })
  await turned(stage, label, 'retired')
  await done(stage, { ...place, kind: 'restore', reason: 'oiled' })
  // Nobody has looked inside while it was out of service.
  await done(stage, { ...place, kind: 'inspect', seen: 'empty', reason: 'looked inside again' })
  await turned(stage, label, 'free')
  return label
}

/** The answer to an order and the facts of the journal come by two ways: the view follows the facts. */
async function turned(stage: Stage, label: string, use: 'retired' | 'free'): Promise<void> {
  await eventually(async () => ((await useOf(stage, label)) === use ? true : undefined), `${label} to be ${use}`)
}

async function done(stage: Stage, wish: Parameters<typeof order>[1]): Promise<void> {
  const { state, refusal } = await order(stage, wish)
  if (state !== 'done') throw new Error(`${wish.kind} is ${state} ${refusal ?? ''}`)
}

async function useOf(stage: Stage, label: string): Promise<string | undefined> {
  const { compartments } = await viewOf(stage, 'library')
  return compartments.find((found) => found.label === label)?.use
}

async function seenShut(stage: Stage, label: string): Promise<void> {
  await eventually(async () => {
    const { compartments } = await viewOf(stage, 'library')
    return compartments.find((found) => found.label === label && found.door === 'shut')
  }, `the cloud to see ${label} shut`)
}

async function timeline(stage: Stage): Promise<string> {
  const search = encodeURIComponent(stage.number('large'))
  const { items } = await stage.staff.ask(pageOf(operatorParcelSchema), `GET /v1/operator/parcels?search=${search}`)
  const { timeline: entries } = await stage.staff.ask(parcelStorySchema, `GET /v1/operator/parcels/${items[0]?.id}`)
  const sources = new Set(entries.map(({ source }) => source))
  for (const source of ['cloud', 'cabinet', 'notice', 'webhook'] as const) {
    if (!sources.has(source)) throw new Error(`nothing of ${source} in the story: ${[...sources].join(', ')}`)
  }
  return `${entries.length} lines from ${[...sources].join(', ')}`
}

async function leftOpen(stage: Stage): Promise<string> {
  const { loose } = stage.notes
  if (loose === undefined) throw new Error('no door was left open')
  const waitMs = Math.max(0, loose.openedAt + 60_000 - Date.now())
  await pause(waitMs)
  const { label } = loose
  await alert(stage, 'door-left-open', { label })
  await stage.street.shut('library', label)
  await eventually(async () => {
    const { items } = await stage.staff.ask(alertListSchema, 'GET /v1/operator/alerts?state=open')
    const still = items.some(({ kind, door }) => kind === 'door-left-open' && door?.label === label)
    return still ? undefined : true
  }, 'the alert to end')
  await seenShut(stage, label)
  await done(stage, { cabinet: 'library', label, kind: 'inspect', seen: 'empty', reason: 'looked inside' })
  return `${label}${waitMs > 0 ? `, waited ${Math.round(waitMs / 1000)} s for its minute` : ''}`
}
