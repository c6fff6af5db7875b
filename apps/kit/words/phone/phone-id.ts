import type { KitId } from '../kit/kit-id.ts'
import type english from './en.json'

/** The words that both phone apps have: signing in and meeting a kiosk. */
export type PhoneId = KitId | keyof typeof english
