import type { Clock } from '../../platform/clock.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { NoticesConfig } from '../config.ts'
import type { Channels } from '../queue/delivery.ts'
import type { Channel } from './channel.ts'
import { createSms } from './sms.ts'
import { createSmtp } from './smtp.ts'
import { createTray } from './tray.ts'

type Given = { readonly config: NoticesConfig; readonly clock: Clock; readonly seals: Seals }

export function openChannels({ config, clock, seals }: Given): Channels {
  const { phone, email } = config
  const receiptUrl = new URL('/v1/gateway/sms/receipts', config.publicUrl).href
  const sms: Channel = phone.kind === 'tray' ? createTray(phone) : createSms({ ...phone, receiptUrl, clock, seals })
  if (email === undefined) return { sms }
  return { sms, email: email.kind === 'tray' ? createTray(email) : createSmtp(email) }
}
