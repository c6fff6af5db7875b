import type { Board } from '../../board.ts'
import { Line, type LineSettings } from '../../line/line.ts'
import { createReader } from '../contacts.ts'
import type { BoardLine, BoardLinePorts } from '../family.ts'
import { unlockTimeoutMs, type Profile } from '../profile.ts'
import { assertChannel, describeBoard, unlockResult } from '../unlock.ts'
import { encodeRequest, takeReply, type Xor8aReply } from './frames.ts'
import { xor8aProfile } from './profile.ts'

/** Boards of the 8A family on one line. Open-all, hold-on and open-several stay in the codec (law: Actuation). */
export function openXor8aLine(
  settings: LineSettings,
  { open, clock }: BoardLinePorts,
  profiles: ReadonlyMap<number, Profile>,
): BoardLine {
  const take = takeReply((address) => (profiles.get(address) ?? xor8aProfile).reportBytes)
  const line = new Line<Xor8aReply>(settings, { open, clock, take })
  const pushed = new Map<number, () => void>()
  line.onUnasked((frame) => {
    if (frame.kind === 'pushed' || frame.kind === 'pushedReport') pushed.get(frame.address)?.()
  })
  const boards = new Map<number, Board>()
  for (const [address, profile] of profiles) {
    const board = createXor8aBoard(line, address, profile)
    boards.set(address, {
      ...board,
      onPush: (listener) => {
        if (profile.push) pushed.set(address, listener)
      },
    })
  }
  return {
    boards,
    away: () => line.away(),
    onUp: (listener) => {
      line.onUp(listener)
    },
    stop: () => {
      line.stop()
    },
  }
}

function createXor8aBoard(line: Line<Xor8aReply>, address: number, profile: Profile): Omit<Board, 'onPush'> {
  const readingsOf = createReader(profile)
  const query = encodeRequest({ kind: 'query', address, channel: 0 })
  return {
    unlock: async (channel, onFirstByte) => {
      assertChannel(channel, profile)
      const wire = channel - 1 + profile.channelBase
      const answers = (frame: Xor8aReply): boolean =>
        frame.kind === 'opened' && frame.address === address && frame.channel === wire
      const answer = await line.command({
        bytes: encodeRequest({ kind: 'open', address, channel: wire }),
        key: `${address} open ${wire}`,
        timeoutMs: unlockTimeoutMs(profile),
        ...(profile.unlockReply === 'none' ? {} : { answers }),
        ...(onFirstByte === undefined ? {} : { onFirstByte }),
      })
      // The state in the reply is one early look at the contact, before the hook can have moved: no yes, no no.
      return unlockResult(answer, () => true)
    },
    read: async () => {
      const answer = await line.ask({
        bytes: query,
        key: `${address} query`,
        timeoutMs: profile.replyTimeoutMs,
        answers: (frame) => frame.kind === 'report' && frame.address === address,
      })
      if (!answer.ok) return { ok: false, failure: answer.failure }
      if (answer.frame?.kind !== 'report') return { ok: false, failure: 'garbled' }
      return { ok: true, readings: readingsOf(answer.frame.states) }
    },
    describe: () => describeBoard('xor-8a', address, profile),
  }
}
