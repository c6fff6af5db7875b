import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'

/** What is written counts as synced before it is; what was meant before a crash is pulsed after it. */
export type Planted = 'synced-late' | 'pulsed-again'

/** What the measured terminal is told; written by the figure, read by its process. */
export interface Plan {
  readonly cabinet: string
  readonly incarnation: string
  readonly shard: number
  readonly mqtt: string
  readonly boards: number
  readonly orderKey: string
  readonly sealTo: string
  readonly keys: { readonly publicKey: string; readonly privateKey: string }
  readonly codeCost: number
  readonly layout: CabinetLayout
  /** How much faster than the day the terminal's clock runs; its boards keep their own. */
  readonly speed: number
  /** Of the pickup codes' tags, base64url: a start after a power cut must know them. */
  readonly codeKey: string
  readonly codeSalt: string
  /** A defect that a crash must bring to light. */
  readonly planted?: Planted | undefined
  /** The built touchscreen, where the terminal serves one. */
  readonly kiosk?: string | undefined
}

const fileIn = (folder: string): string => join(folder, 'plan.json')

export function writePlan(folder: string, plan: Plan): void {
  writeFileSync(fileIn(folder), JSON.stringify(plan), { mode: 0o600 })
}

export function readPlan(folder: string): Plan {
  const plan: Plan = JSON.parse(readFileSync(fileIn(folder), 'utf8'))
  return plan
}
