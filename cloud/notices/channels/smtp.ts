import { createTransport } from 'nodemailer'
import { codeOf } from '../../platform/failure.ts'
import { type Channel, channelFailure } from './channel.ts'

export type SmtpOptions = {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly from: string
  readonly user?: string
  readonly password?: string
}

const timeoutMs = 10_000

/** A server's 5xx is final; 4xx and silence may pass. The Message-ID is the same at each try. */
export function createSmtp({ host, port, secure, from, user, password }: SmtpOptions): Channel {
  const auth = user === undefined || password === undefined ? {} : { auth: { user, pass: password } }
  const times = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs }
  const transport = createTransport({ host, port, secure, ...auth, ...times })
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? host
  return {
    send: async ({ id, to, subject, text }) => {
      try {
        // An object, so that no address can smuggle in a second one.
        const recipient = { name: '', address: to }
        await transport.sendMail({ from, to: recipient, subject, text, messageId: `<${id}@${domain}>` })
        return { outcome: 'sent' }
      } catch (error) {
        const status = statusOf(error)
        if (status !== undefined && status >= 500) return { outcome: 'refused', reason: `smtp-${status}` }
        if (status !== undefined) throw channelFailure('channel-busy', `smtp-${status}`)
        throw channelFailure('channel-unreachable', codeOf(error) ?? 'smtp')
      }
    },
    close: () => transport.close(),
  }
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('responseCode' in error)) return undefined
  return typeof error.responseCode === 'number' ? error.responseCode : undefined
}
