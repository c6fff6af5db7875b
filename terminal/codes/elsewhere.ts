import type { Id, IdKind } from '@holdfast/core/values/ids.ts'
import type { Question, Replied } from '../loop/loop.ts'
import type { TerminalClock } from '../platform/clock.ts'

export interface ElsewherePorts {
  readonly clock: TerminalClock
  readonly ask: (question: Question) => Promise<Replied>
  readonly drawId: <Kind extends IdKind>(kind: Kind) => Id<Kind>
}

/** With the hash before it well within the time for which a wrong answer is held. */
export const elsewhereWithinMs = 1_500

/** The cabinet of this site that opens for a code, and how to find it as far as anybody wrote that. */
export interface Elsewhere {
  readonly name: string
  readonly directions?: string
}

/** Undefined where none does or nobody can say in time. */
export const createElsewhere =
  ({ clock, ask, drawId }: ElsewherePorts) =>
  async (code: string): Promise<Elsewhere | undefined> => {
    const asked = ask({ kind: 'elsewhere', deposit: drawId('deposit'), plain: { code } })
    const late = new Promise<undefined>((resolve) => {
      clock.after(elsewhereWithinMs, () => {
        resolve(undefined)
      })
    })
    const replied = await Promise.race([asked.catch(() => undefined), late])
    if (replied?.answered !== true || replied.reply.cabinetName === undefined) return undefined
    const { cabinetName: name, directions } = replied.reply
    return directions === undefined ? { name } : { name, directions }
  }
