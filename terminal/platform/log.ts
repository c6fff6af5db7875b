import { type Logger, pino } from 'pino'

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug'

/** JSON lines on stdout: codes, ids and counts. Contents of messages, scans and keys are never handed in. */
export const createLog = (level: LogLevel, cabinet?: string): Logger =>
  pino({ level, base: { part: 'terminal', ...(cabinet === undefined ? {} : { cabinet }) } })

export const silentLog: Log = pino({ level: 'silent' })
