import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idToUuid, readId } from '@holdfast/core/values/ids.ts'
import { minutes } from '@holdfast/core/values/instants.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { openScratchPglite } from '../../platform/postgres/pglite.testing.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { type Scene, openScene } from '../cabinets.scene.ts'
import { testId, testOperator } from '../cabinets.testing.ts'
import { erasePictures, readPicture } from './pictures.ts'

const jpeg = Uint8Array.of(0xff, 0xd8, 1, 2, 3, 0xff, 0xd9)
const text = base64FromBytes(jpeg)

describe('pictures of what was seen inside', () => {
  let db: Db
  let scene: Scene
  let cabinet: ReturnType<typeof testId<'cabinet'>>
  beforeAll(async () => {
    db = await openScratchPglite()
    scene = await openScene(db)
    cabinet = readId('cabinet', (await scene.install(1)).enrolled.cabinet) ?? testId('cabinet', 0)
  })
  afterAll(async () => {
    await scene.close()
    await db.close()
  })
  const keep = async (made = text, operator = testOperator(1)) =>
    await scene.cabinets.keepPicture({ operator, cabinet, staff: testId('staff', 1), jpeg: made })

  it('are known by their digest; the same picture twice is one', async () => {
    const first = await keep()
    expect(first).toMatchObject({ ok: true, value: { picture: expect.stringMatching(/^[0-9a-f]{64}$/) } })
    expect(await keep()).toEqual(first)
    const rows = await db.query('select 1 from cabinet_picture where cabinet = $1', [idToUuid(cabinet)])
    expect(rows).toHaveLength(1)
    const picture = first.ok ? first.value.picture : ''
    expect([...((await scene.cabinets.picture(testOperator(1), cabinet, picture)) ?? [])]).toEqual([...jpeg])
  })

  it.each([
    ['no base64', '***'],
    ['nothing', ''],
    ['another kind of file', base64FromBytes(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2))],
    ['one that breaks off', base64FromBytes(jpeg.subarray(0, 5))],
  ])('are refused where they are %s', async (_, made) => {
    expect(await keep(made)).toEqual({ ok: false, refusal: 'picture-unreadable' })
  })

  it('are neither kept for nor shown to another operator (law 11)', async () => {
    expect(await keep(text, testOperator(2))).toEqual({ ok: false, refusal: 'cabinet-unknown' })
    const kept = await keep()
    const picture = kept.ok ? kept.value.picture : ''
    expect(await scene.cabinets.picture(testOperator(2), cabinet, picture)).toBeUndefined()
  })

  it('are kept in a courier’s name too, and shown to the operator of that cabinet alone', async () => {
    const person = testId('person', 7)
    const other = base64FromBytes(Uint8Array.of(0xff, 0xd8, 9, 9, 0xff, 0xd9))
    const kept = await scene.cabinets.keepCourierPicture({ cabinet, person, jpeg: other })
    const picture = kept.ok ? kept.value.picture : ''
    const [row] = await db.query('select staff, person from cabinet_picture where digest = $1', [picture])
    expect(row).toEqual({ staff: null, person: idToUuid(person) })
    expect(await scene.cabinets.picture(testOperator(1), cabinet, picture)).toBeDefined()
    expect(await scene.cabinets.picture(testOperator(2), cabinet, picture)).toBeUndefined()
    const nowhere = { cabinet: testId('cabinet', 99), person, jpeg: other }
    expect(await scene.cabinets.keepCourierPicture(nowhere)).toEqual({ ok: false, refusal: 'cabinet-unknown' })
  })

  it('let an inspection name them, and none that is not kept', async () => {
    const inspect = async (picture: string) =>
      await scene.cabinets.order({
        operator: testOperator(1),
        cabinet,
        staff: testId('staff', 1),
        reason: 'sensor lies',
        act: { kind: 'inspect', compartment: testId('compartment', 1000), epoch: 0, seen: 'empty', picture },
      })
    await db.query('update cabinet_health set online = true')
    const kept = await keep()
    expect(await inspect('0'.repeat(64))).toEqual({ ok: false, refusal: 'picture-unknown' })
    expect(await inspect(kept.ok ? kept.value.picture : '')).toMatchObject({ ok: true, value: { kind: 'inspect' } })
  })

  it('go after their term (law 14)', async () => {
    const kept = await keep()
    const picture = kept.ok ? kept.value.picture : ''
    await erasePictures(db.query, scene.clock.now())
    expect(await readPicture(db.query, testOperator(1), cabinet, picture)).toBeDefined()
    await erasePictures(db.query, scene.clock.now() + minutes(1))
    expect(await readPicture(db.query, testOperator(1), cabinet, picture)).toBeUndefined()
  })
})
