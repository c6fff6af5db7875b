import type { ElectricalCabinet } from './cabinet.ts'

/** Whatever hands out time: the demo's real clock, the simulator's virtual one. */
export interface Scheduler {
  now(): number
  after(ms: number, run: () => void): () => void
}

/** Moves a cabinet on exactly when something in it is due, so that doors drawn on a page move by themselves. */
export function driveCabinet(cabinet: ElectricalCabinet, scheduler: Scheduler): () => void {
  let cancel = (): void => {}
  const schedule = (): void => {
    cancel()
    const at = cabinet.nextAt()
    cancel = at === undefined ? () => {} : scheduler.after(Math.max(at - scheduler.now(), 0), move)
  }
  const move = (): void => {
    cabinet.advance(scheduler.now())
    schedule()
  }
  const forget = cabinet.subscribe(schedule)
  schedule()
  return () => {
    forget()
    cancel()
  }
}
