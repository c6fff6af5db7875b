import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'

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
}

const fileIn = (folder: string): string => join(folder, 'plan.json')

export function writePlan(folder: string, plan: Plan): void {
  writeFileSync(fileIn(folder), JSON.stringify(plan), { mode: 0o600 })
}

export function readPlan(folder: string): Plan {
  const plan: Plan = JSON.parse(readFileSync(fileIn(folder), 'utf8'))
  return plan
}
