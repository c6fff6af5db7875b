import { createWordSource } from '../word-source.ts'
import type { Catalog } from '../create-words.ts'
import type { PhoneId } from '../phone/phone-id.ts'
import type english from './en.json'

export type CourierId = PhoneId | keyof typeof english

/** Every language file here, in the phone's and in the kit's folder; a new file is a new language. */
export const courierWords = createWordSource<CourierId>(
  import.meta.glob<Catalog>(['../*.json', '../kit/*.json', '../phone/*.json', './*.json'], { import: 'default' }),
)
