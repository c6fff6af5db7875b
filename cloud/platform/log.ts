import { type Logger, pino } from 'pino'

export type Log = Logger

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug'

/** JSON lines on stdout. Secrets and personal data never reach a line: headers and bodies are not logged at all. */
export const createLog = (level: LogLevel, part: string): Log =>
  pino({
    level,
    base: { part },
    redact: ['password', 'token', 'secret', '*.password', '*.token', '*.secret'],
  })

export const silentLog: Log = pino({ level: 'silent' })
