import type english from './en.json'

/** The words that every app has: places, states, controls, scanning, general refusals. */
export type KitId = keyof typeof english
