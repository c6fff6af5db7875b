import { expect, it } from 'vitest'
import { newCabinet } from '@holdfast/core/cabinet/state.ts'
import type { CabinetCommand } from '@holdfast/core/cabinet/commands.ts'
import { depositSeal } from '@holdfast/wire/journal/private.ts'
import { readTypedCode } from '@holdfast/wire/seals/codes.ts'
import { cloud, id, newIdentity, seals } from '../terminal.testing.ts'
import { createCodeDesk } from './draw.ts'
import { tagsOf } from './tags.ts'

function rig(randoms: readonly number[] = [], usedTags: readonly string[] = []) {
  const { cabinet, codeKeys, sealTo } = newIdentity()
  const queue = [...randoms]
  const random = (length: number): Uint8Array => {
    const next = queue.shift()
    if (next === undefined || length !== 4) return seals.random(length)
    return new Uint8Array([next >> 24, next >> 16, next >> 8, next])
  }
  const submitted: { command: CabinetCommand | undefined; blob: Uint8Array | undefined }[] = []
  const desk = createCodeDesk({
    cabinet,
    state: () => ({ ...newCabinet, usedTags }),
    seals: { ...seals, random },
    keys: codeKeys,
    sealTo,
    submit: ([command], beside) => {
      submitted.push({ command, blob: beside?.sealed?.blob })
      return { accepted: true, events: [] }
    },
  })
  return { cabinet, codeKeys, desk, submitted }
}

it('keeps tags only, and seals the plain codes of both generations to the cloud', async () => {
  const { cabinet, codeKeys, desk, submitted } = rig()
  const deposit = id('deposit')
  const parcels = [{ digest: 'a'.repeat(64), carrier: id('carrier'), number: 'SF1' }]
  await desk.prepare({ deposit, parcels, phone: '+8613812345678', tail: '5678' })
  const [{ command, blob } = { command: undefined, blob: undefined }] = submitted
  const plain = await seals.open(cloud.sealing.privateKey, depositSeal(cabinet, deposit), blob ?? new Uint8Array())
  const part = JSON.parse(new TextDecoder().decode(plain)) as { codes: { generation: number; code: string }[] }
  expect(part).toMatchObject({ parcels, phone: '+8613812345678', codes: [{ generation: 0 }, { generation: 1 }] })
  for (const { generation, code } of part.codes) {
    const typed = readTypedCode(code)
    if (typed.kind !== 'code') throw new Error('no code')
    const tags = await tagsOf(seals, codeKeys, typed.code, '5678')
    expect(command).toMatchObject({ type: 'prepareDeposit', deposit })
    expect(JSON.stringify(command)).toContain(JSON.stringify({ generation, ...tags }))
    expect(JSON.stringify(command)).not.toContain(code)
  }
})

it('draws again where a tag is among the dead ones (law 7)', async () => {
  const drawn = 11_111_111
  const first = rig([drawn, 22_222_222])
  await first.desk.prepare({ deposit: id('deposit'), parcels: [], phone: null, tail: null })
  const { command } = first.submitted[0] ?? {}
  const used = command?.type === 'prepareDeposit' ? command.codes.map(({ tag }) => tag) : []
  expect(used).toHaveLength(2)
  const { codeKeys } = first
  const again = rig([drawn, 22_222_222], used)
  Object.assign(again.codeKeys, codeKeys)
  await again.desk.prepare({ deposit: id('deposit'), parcels: [], phone: null, tail: null })
  const { command: other } = again.submitted[0] ?? {}
  const fresh = other?.type === 'prepareDeposit' ? other.codes.map(({ tag }) => tag) : []
  expect(fresh).toHaveLength(2)
  expect(fresh.filter((tag) => used.includes(tag))).toEqual([])
})
