import { createWordSource } from '../word-source.ts'
import type { Catalog } from '../create-words.ts'
import type { KitId } from '../kit/kit-id.ts'
import type english from './en.json'

export type KioskId = KitId | keyof typeof english

/** Every language file here and in the kit's folder; a new file is a new language. */
export const kioskWords = createWordSource<KioskId>(
  import.meta.glob<Catalog>(['../*.json', '../kit/*.json', './*.json'], { import: 'default' }),
)
