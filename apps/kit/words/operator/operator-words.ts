import { createWordSource } from '../word-source.ts'
import type { Catalog } from '../create-words.ts'
import type { KitId } from '../kit/kit-id.ts'
import type house from '../house/en.json'
import type english from './en.json'

export type OperatorId = KitId | keyof typeof english | keyof typeof house

/** Every language file here and in the kit's folder; a new file is a new language. */
export const operatorWords = createWordSource<OperatorId>(
  import.meta.glob<Catalog>(['../kit/*.json', '../house/*.json', './*.json'], { import: 'default' }),
)
