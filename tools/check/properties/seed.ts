import * as fc from 'fast-check'
import { inject } from 'vitest'

/** One seed for all that a run draws, so that its second try at a failed file meets the same cases again. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: inject('properties').seed })
