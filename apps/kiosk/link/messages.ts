import type { ToScreen } from '@holdfast/wire/kiosk/show.ts'

/** Server-sent events out of whatever pieces the network makes of them. The terminal is the only one who writes here. */
export function createMessages(hear: (message: ToScreen) => void): { readonly take: (piece: string) => void } {
  let held = ''
  return {
    take: (piece) => {
      const parts = (held + piece).split('\n\n')
      held = parts.pop() ?? ''
      for (const part of parts) if (part.startsWith('data: ')) hear(JSON.parse(part.slice(6)))
    },
  }
}
