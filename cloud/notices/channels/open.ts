import type { Clock } from '../../platform/clock.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { NoticesConfig } from '../config.ts'
import type { Channels } from '../queue/delivery.ts'
import type { Channel } from './channel.ts'
import { createGateway } from './gateway.ts'
import { createSmtp } from './smtp.ts'
import { createTray } from './tray.ts'

type Given = { readonly config: NoticesConfig; readonly clock: Clock; readonly seals: Seals }

export function openChannels({ config, clock, seals }: Given): Channels {
  const { phone, email } = config
  const open = (
    kind: 'sms' | 'voice' | 'slip',
    way: NonNullable<NoticesConfig['phone' | 'voice' | 'slip']>,
  ): Channel => {
    const receiptUrl = new URL(`/v1/gateway/${kind}/receipts`, config.publicUrl).href
    return way.kind === 'tray' ? createTray(way) : createGateway({ ...way, receiptUrl, clock, seals })
  }
  const { voice, slip } = config
  return {
    sms: open('sms', phone),
    ...(voice === undefined ? {} : { voice: open('voice', voice) }),
    ...(slip === undefined ? {} : { slip: open('slip', slip) }),
    ...(email === undefined ? {} : { email: email.kind === 'tray' ? createTray(email) : createSmtp(email) }),
  }
}
