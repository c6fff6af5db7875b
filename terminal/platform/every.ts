import type { Clock } from '../boards/line/clock.ts'

/** Runs again and again until the returned function is called; the next turn is set before the run. */
export function every(clock: Clock, ms: number, run: () => void): () => void {
  let cancel = (): void => {}
  const again = (): void => {
    cancel = clock.after(ms, () => {
      again()
      run()
    })
  }
  again()
  return () => {
    cancel()
  }
}
