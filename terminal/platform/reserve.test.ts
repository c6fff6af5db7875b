import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { createFileReserve, reserveBytes } from './reserve.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-reserve-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

it('holds real space until it is given up, once', () => {
  const path = join(folder, 'reserve')
  const reserve = createFileReserve(path)
  expect(reserve.refill()).toBe(true)
  const { size, blocks } = statSync(path)
  expect([size, blocks * 512 >= reserveBytes]).toEqual([reserveBytes, true])
  expect([reserve.release(), reserve.release()]).toEqual([true, false])
})

it('leaves nothing half taken where there is no room', () => {
  const path = join(folder, 'missing', 'reserve')
  expect(createFileReserve(path).refill()).toBe(false)
  expect(existsSync(path)).toBe(false)
})
