import type { TownMessage } from '@holdfast/wire/town/town.ts'

/** Where the demo's SMS and e-mail arrive. A message that comes twice under one id is shown once. */
export interface Tray {
  receive(message: Omit<TownMessage, 'at'>): void
  messages(): readonly TownMessage[]
  subscribe(listener: () => void): () => void
}

const messagesKept = 200

export function createTray(now: () => number, before: readonly TownMessage[] = []): Tray {
  let messages = before
  const listeners = new Set<() => void>()
  return {
    receive: (message) => {
      if (messages.some(({ id }) => id === message.id)) return
      messages = [{ ...message, at: now() }, ...messages].slice(0, messagesKept)
      for (const listener of listeners) listener()
    },
    messages: () => messages,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
