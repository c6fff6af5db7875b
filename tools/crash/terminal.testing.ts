import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createHistory } from '@holdfast/simulator/history/history.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { chainHash, chainStart } from '@holdfast/wire/seals/chain.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { type CabinetRig, openCabinetRig } from '../bench/rigs/cabinet.ts'
import type { Planted } from '../bench/rigs/plan.ts'
import { bundle } from '../setup/bundle.mjs'
import { lost, type Pulsed, secondPulses, type Told } from './judge.ts'
import type { Kind, Round } from './rounds.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const seals = createNodeSeals()
const [doors, speed, codeCost] = [48, 20, 2 ** 10]
/** Doors that a crash leaves in doubt wait for somebody who looks; a fresh cabinet comes before they run out. */
const roundsALife = 25
const longestMs = 3_000

interface Waiting {
  readonly deposit: string
  readonly code: string
}

/** The real terminal, its journal on this disk, its boards over TCP: killed while people and an operator are at it. */
export async function openTerminalKind(mqtt: string, planted?: Planted): Promise<Kind> {
  const script = await bundle(root, 'tools/bench/rigs/terminal.testing.ts')
  let life: Life | undefined
  let played = 0
  const stop = async (): Promise<readonly string[]> => {
    await life?.rig.stop()
    life = undefined
    return []
  }
  const round = async (): Promise<Round> => {
    if (played % roundsALife === 0) await stop()
    played += 1
    life ??= await beginLife(mqtt, planted)
    return await kill(life, script)
  }
  return { round, stop }
}

interface Life {
  readonly rig: CabinetRig
  readonly told: Told[]
  readonly codes: Waiting[]
}

async function beginLife(mqtt: string, planted: Planted | undefined): Promise<Life> {
  const rig = await openCabinetRig(mqtt, codeCost, { speed, doors, planted })
  await rig.act('service on')
  return { rig, told: [], codes: [] }
}

async function kill(life: Life, script: string): Promise<Round> {
  const { rig, told } = life
  let isOver = false
  const over = new AbortController()
  const crowd = [courier(life, () => isOver), operator(life, over.signal)]
  await sleep(Math.random() * longestMs)
  isOver = true
  await rig.powerCut(script)
  const began = performance.now()
  over.abort()
  await Promise.allSettled(crowd)
  while (!(await rig.act<boolean>('up'))) await sleep(5)
  const readyMs = performance.now() - began
  const held = new Map(rig.cloud.held())
  const pulses = pulsesOf(rig)
  const journal = await rig.act<readonly string[]>('journal')
  return {
    readyMs,
    caughtUpMs: readyMs,
    acknowledged: told.length + held.size,
    pulses: pulses.length,
    lost: lost(journal, held, told),
    secondPulses: secondPulses(journal, pulses),
    broken: judge(journal, held),
  }
}

/** Puts parcels in and takes others out; what is answered counts, also in the moment of the kill. */
async function courier({ rig, told, codes }: Life, isOver: () => boolean): Promise<void> {
  rig.shutAll()
  while (!(await rig.act<boolean>('leave')) && !isOver()) await sleep(50)
  while (!isOver()) {
    const waiting = codes.shift()
    if (waiting === undefined) await putIn(rig, isOver, told, codes)
    else await takeOut(rig, isOver, told, waiting)
  }
}

async function putIn(rig: CabinetRig, isOver: () => boolean, told: Told[], codes: Waiting[]): Promise<void> {
  await rig.act('sign-in')
  const { deposit, accepted } = await rig.act<{ deposit: string; accepted: boolean }>('deposit')
  if (!accepted) {
    await sleep(50)
    return
  }
  while ((await rig.act<{ door: string }>('hand')).door !== 'open' && !isOver()) await sleep(20)
  rig.shutAll()
  while (!(await rig.act<boolean>(`confirm ${deposit}`))) {
    if (isOver()) return
    await sleep(20)
  }
  told.push({ event: 'depositMade', of: deposit })
  void rig.cloud.codeOf(deposit).then((code) => codes.push({ deposit, code }))
  if (!isOver()) await rig.act('sign-out')
}

async function takeOut(
  rig: CabinetRig,
  isOver: () => boolean,
  told: Told[],
  { deposit, code }: Waiting,
): Promise<void> {
  if ((await rig.act<string>(`code ${code}`)) !== 'opened') return
  told.push({ event: 'codeAccepted', of: deposit })
  while (!isOver()) {
    await sleep(20)
    rig.shutAll()
    if (!(await rig.act<boolean>('taken'))) continue
    told.push({ event: 'depositCollected', of: deposit })
    return
  }
}

/** Opens doors from afar, on the cabinet's upper half: couriers get the lower ones first. */
async function operator({ rig, told }: Life, over: AbortSignal): Promise<void> {
  const ended = new Promise<undefined>((resolve) => {
    over.addEventListener('abort', () => resolve(undefined))
  })
  for (;;) {
    const place = Math.floor((0.5 + Math.random() / 2) * doors)
    const ready = await Promise.race([rig.cloud.prepare(rig.compartments[place]?.id ?? ''), ended])
    const answer = ready && (await Promise.race([ready.send().answered, ended]))
    if (ready === undefined || answer === undefined) return
    if (answer.outcome === 'opened') told.push({ event: 'orderAccepted', of: ready.order })
    await Promise.race([sleep(answer.outcome === 'opened' ? 100 : 500), ended])
    rig.shutAll()
  }
}

const pulsesOf = ({ pulses, compartments }: CabinetRig): readonly Pulsed[] =>
  pulses().map(({ lock, wallMs }) => {
    const at = compartments.find((each) => each.lock.board === lock.board && each.lock.channel === lock.channel)
    return { door: at?.id ?? '', wallMs }
  })

/** Both copies before the history checker, which knows nothing of this program. */
function judge(journal: readonly string[], held: ReadonlyMap<number, string>): readonly string[] {
  const history = createHistory(seals)
  const copies = [
    ['cabinet', journal],
    ['cloud', [...held].toSorted(([a], [b]) => a - b).map(([, text]) => text)],
  ] as const
  for (const [from, entries] of copies) {
    let { hash } = chainStart
    for (const [nth, entry] of entries.entries()) {
      hash = chainHash(seals, hash, new TextEncoder().encode(entry))
      const { incarnation }: { readonly incarnation: string } = JSON.parse(entry)
      const point = { seq: nth + 1, hash: base64FromBytes(hash) }
      history.take({ kind: 'entry', from, cabinet: 'cab', incarnation, entry, ...point })
    }
  }
  return history.verdict().violations.map(({ law, says }) => `law ${law}: ${says}`)
}
