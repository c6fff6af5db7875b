import type { Board, BoardFailure, ReadResult } from '../../board.ts'
import { Line, type Answer, type Exchange, type LineSettings } from '../../line/line.ts'
import { createReader, inputCount } from '../contacts.ts'
import type { BoardLine, BoardLinePorts } from '../family.ts'
import { unlockTimeoutMs, type Profile } from '../profile.ts'
import { assertChannel, describeBoard, unlockResult } from '../unlock.ts'
import * as frames from './frames.ts'
import type { ModbusReply, ModbusRequest } from './frames.ts'

/** Relay and input boards on one line. Relay on, toggle and all-relays stay in the codec (law: Actuation). */
export function openModbusRelayLine(
  settings: LineSettings,
  { open, clock }: BoardLinePorts,
  profiles: ReadonlyMap<number, Profile>,
): BoardLine {
  const line = new Line<ModbusReply>(settings, { open, clock, take: frames.takeReply })
  const boards = new Map<number, Board & { mistrust(): void }>()
  for (const [address, profile] of profiles) boards.set(address, createModbusBoard(line, address, profile))
  return {
    boards,
    away: () => line.away(),
    onUp: (listener) => {
      line.onUp(() => {
        // Behind a line that was away there may be another board now.
        for (const board of boards.values()) board.mistrust()
        listener()
      })
    },
    stop: () => {
      line.stop()
    },
  }
}

function createModbusBoard(line: Line<ModbusReply>, address: number, profile: Profile): Board & { mistrust(): void } {
  let modesAreNormal = false
  const readingsOf = createReader(profile)
  const exchange = (request: ModbusRequest, timeoutMs: number): Exchange<ModbusReply> => ({
    bytes: frames.encodeRequest(request),
    key: `${address} ${request.fn} ${request.kind === 'write' ? request.at : request.start}`,
    timeoutMs,
    answers: (reply) => isAnswer(request, reply),
  })
  const modes = exchange(frames.readControlModes(address, profile.channels), profile.replyTimeoutMs)
  const inputs = exchange(frames.readInputs(address, inputCount(profile)), profile.replyTimeoutMs)

  /** Undefined where every channel is in normal mode: in any other a door switch would drive its relay. */
  const checkModes = async (send: (exchange: Exchange<ModbusReply>) => Promise<Answer<ModbusReply>>) => {
    if (modesAreNormal) return undefined
    const answer = await send(modes)
    if (!answer.ok) return answer.failure
    modesAreNormal = answer.frame?.kind === 'data' && answer.frame.data.every((byte) => byte === 0)
    return modesAreNormal ? undefined : ('refused' satisfies BoardFailure)
  }
  const read = async (): Promise<ReadResult> => {
    const failure = await checkModes((question) => line.ask(question))
    if (failure !== undefined) return { ok: false, failure }
    const answer = await line.ask(inputs)
    if (!answer.ok) return { ok: false, failure: answer.failure }
    if (answer.frame?.kind !== 'data') return { ok: false, failure: 'refused' }
    return { ok: true, readings: readingsOf(answer.frame.data) }
  }
  return {
    unlock: async (channel, onFirstByte) => {
      assertChannel(channel, profile)
      const failure = modesAreNormal ? undefined : await checkModes((question) => line.command(question))
      if (failure !== undefined) return { ok: false, failure }
      const pulse = frames.flashOn(address, channel - 1 + profile.channelBase, Math.ceil(profile.pulseMs / 100))
      const { answers, ...sent } = exchange(pulse, unlockTimeoutMs(profile))
      const answer = await line.command({
        ...sent,
        ...(profile.unlockReply === 'none' || answers === undefined ? {} : { answers }),
        ...(onFirstByte === undefined ? {} : { onFirstByte }),
      })
      return unlockResult(answer, (reply) => reply.kind !== 'exception')
    },
    read,
    onPush: () => {},
    describe: () => describeBoard('modbus-relay', address, profile),
    mistrust: () => {
      modesAreNormal = false
    },
  }
}

/** A reply names its board and function, a write the place and value too; reads only by their length. */
function isAnswer(request: ModbusRequest, reply: ModbusReply): boolean {
  if (reply.address !== request.address || reply.fn !== request.fn) return false
  if (reply.kind === 'exception') return true
  if (request.kind === 'write')
    return reply.kind === 'written' && reply.at === request.at && reply.value === request.value
  if (request.kind !== 'read' || reply.kind !== 'data') return false
  return reply.data.length === (request.fn <= 2 ? Math.ceil(request.count / 8) : request.count * 2)
}
