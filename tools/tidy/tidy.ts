import { codesDocumented, examplesUsed, refusalsRegistered } from './catalogue.ts'
import { decisionNumbers, links } from './documents.ts'
import { figuresInBounds } from './figures.ts'
import { promisesShown } from './promises.ts'
import { claimLength, fileLength, folderWidth, readmes } from './shape.ts'
import type { Finding, Rule, Tree } from './tree.ts'
import {
  clocks,
  decorators,
  fileNames,
  leftovers,
  pickupCodes,
  places,
  registries,
  screenWords,
  sleepingTests,
} from './words.ts'

/** What the repository promises about itself and no other tool sees. */
export const rules: readonly Rule[] = [
  folderWidth,
  fileLength,
  claimLength,
  readmes,
  links,
  decisionNumbers,
  fileNames,
  places,
  registries,
  pickupCodes,
  screenWords,
  leftovers,
  sleepingTests,
  decorators,
  clocks,
  codesDocumented,
  refusalsRegistered,
  examplesUsed,
  figuresInBounds,
  promisesShown,
]

export const tidy = (tree: Tree): readonly Finding[] => rules.flatMap((rule) => rule(tree))
