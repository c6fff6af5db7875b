import { readdirSync, readFileSync } from 'node:fs'
import type { KioskInput } from '@holdfast/wire/kiosk/inputs.ts'
import type { Show, Site } from '@holdfast/wire/kiosk/show.ts'
import { serveScreen, type ScreenServer } from '../../../terminal/kiosk/server/server.ts'
import { createSystemClock } from '../../../terminal/platform/clock.ts'
import { silentLog } from '../../../terminal/platform/log.ts'

const folder = new URL('../../../wire/examples/', import.meta.url)
const read = <Value>(name: string): Value => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Value

/** Every screen that the wire has an example of, by its name. */
export const shown: readonly string[] = readdirSync(folder)
  .filter((name) => name.startsWith('kiosk-show'))
  .map((name) => name.split('.')[2] ?? '')

export const example = (name: string): Show => read<Show>(`kiosk-show.1.${name}.json`)

/** The terminal's own screen server, with examples in place of a cabinet; the first language is the cabinet's. */
export async function serveExamples(
  app: string,
  locale: 'zh' | 'en' | 'ko',
  first: string,
): Promise<ScreenServer & { readonly inputs: KioskInput[] }> {
  const site = read<Site>('kiosk-site.1.json')
  const locales = [locale, ...(site.place?.locales ?? []).filter((one) => one !== locale)]
  const inputs: KioskInput[] = []
  const server = await serveScreen({
    port: 0,
    folder: app,
    token: 'token',
    same: (left, right) => left === right,
    clock: createSystemClock(),
    log: silentLog,
    first: () => [{ ...site, place: site.place && { ...site.place, locales } } as Site, example(first)],
    input: (input) => inputs.push(input) > 0,
  })
  return { ...server, inputs }
}
