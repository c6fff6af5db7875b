import { inputSchema } from './inputs.ts'
import { awaySchema, showSchema, siteSchema } from './show.ts'

/** Every message between terminal and touchscreen by its name; examples stand under `wire/examples/<name>.<version>…`. */
export const kioskMessages = {
  'kiosk-site': siteSchema,
  'kiosk-show': showSchema,
  'kiosk-away': awaySchema,
  'kiosk-input': inputSchema,
} as const
