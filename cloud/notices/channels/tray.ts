import type { Channel } from './channel.ts'
import { postJson } from './post.ts'

/** The demo's message tray, or any program that takes letters by POST: `{ id, channel, to, subject, text, locale }`. */
export const createTray = ({ url }: { readonly url: string }): Channel => ({
  send: async (letter, signal) => {
    const headers = { 'idempotency-key': letter.id }
    return await postJson({ url, body: JSON.stringify(letter), headers, signal }, { outcome: 'delivered' })
  },
  close: () => undefined,
})
