import { expect, it } from 'vitest'
import { createVirtualClock } from './clock.ts'

const nothing = (): void => {}

it('runs what is due in the order of its time, and of two at once the older first', async () => {
  const clock = createVirtualClock()
  const ran: string[] = []
  const later = (name: string, ms: number): (() => void) => clock.after(ms, () => ran.push(`${name} ${clock.now()}`))
  for (const [name, ms] of [
    ['c', 30],
    ['a', 10],
    ['b', 10],
    ['e', 99],
    ['d', 40],
  ] as const)
    later(name, ms)
  later('never', 20)()
  await clock.run(50, nothing)
  expect(ran).toEqual(['a 10', 'b 10', 'c 30', 'd 40'])
  expect(clock.now()).toBe(50)
  await clock.run(100, nothing)
  expect(ran.at(-1)).toBe('e 99')
})

it('looks after each thing that happened, once all that followed from it is done', async () => {
  const clock = createVirtualClock()
  let followed = 0
  clock.after(
    5,
    () =>
      void Promise.resolve()
        .then(() => Promise.resolve())
        .then(() => (followed += 1)),
  )
  const seen: number[] = []
  await clock.run(10, () => seen.push(followed))
  expect(seen).toEqual([0, 1])
})

it('stands while work outside of it is under way', async () => {
  const clock = createVirtualClock()
  let end: (value: string) => void = nothing
  const heard: string[] = []
  void clock.sleep(1).then(async () => heard.push(await clock.hold(new Promise<string>((resolve) => (end = resolve)))))
  clock.after(2, () => heard.push('later'))
  const ran = clock.run(10, nothing)
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate)
  expect([heard, clock.now()]).toEqual([[], 1])
  end('outside')
  await ran
  expect(heard).toEqual(['outside', 'later'])
})
