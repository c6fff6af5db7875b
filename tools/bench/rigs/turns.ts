import { setTimeout as sleep } from 'node:timers/promises'
import type { CabinetRig } from './cabinet.ts'

/** Two seconds between pulses, and two between tries at the keypad. */
export const turnMs = 2_400

/** One courier deposits; the codes as the cloud opens them. */
export async function depositAll(rig: CabinetRig, deposits: number): Promise<readonly string[]> {
  await rig.act('sign-in')
  const codes: string[] = []
  while (codes.length < deposits) {
    const { deposit, accepted, refusal } = await rig.act<{ deposit: string; accepted: boolean; refusal: string }>(
      'deposit',
    )
    if (!accepted) throw new Error(`no deposit: ${refusal}`)
    await sleep(turnMs)
    rig.shutAll()
    await sleep(500)
    await until(rig, `confirm ${deposit}`)
    codes.push(await rig.cloud.codeOf(deposit))
  }
  await rig.act('sign-out')
  return codes
}

/** Types the code, takes the parcel and shuts the door; milliseconds from the last digit to the first unlock byte. */
export async function enter(rig: CabinetRig, code: string): Promise<number> {
  const before = rig.pulses().length
  const typedAtMs = performance.now()
  const outcome = await rig.act<string>(`code ${code}`)
  while (rig.pulses().length === before && performance.now() - typedAtMs < 5_000) await sleep(5)
  const pulse = rig.pulses()[before]
  if (outcome !== 'opened' || pulse === undefined) throw new Error(`a code was answered ${outcome}`)
  await sleep(700)
  rig.shutAll()
  await sleep(500)
  await until(rig, 'taken')
  return pulse.firstByteAtMs - typedAtMs
}

/** A busy machine sees the door shut later: whoever still stood there would keep the next one from his turn. */
async function until(rig: CabinetRig, act: string): Promise<void> {
  const shutAtMs = performance.now()
  while (!(await rig.act<boolean>(act))) {
    if (performance.now() - shutAtMs > longestMs) throw new Error(`in vain: ${act}`)
    await sleep(100)
  }
}

const longestMs = 10_000
