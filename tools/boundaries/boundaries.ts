import { existsSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, resolve } from 'node:path'
import { cruise } from 'dependency-cruiser'
import { rules } from './rules.ts'

export interface Trespass {
  readonly rule: string
  readonly from: string
  readonly to: string
}

export interface Survey {
  /** Files of ours that were really read, not merely imported. */
  readonly analysed: number
  readonly trespasses: readonly Trespass[]
}

const parts = ['core', 'wire', 'terminal', 'cloud', 'apps', 'simulator', 'tools']

/**
 * Reads every import under `root`, type-only ones and TSX included. Symbolic links are followed, so that
 * `@holdfast/core/…` counts as the folder that it is.
 */
export async function survey(root: string): Promise<Survey> {
  const { output } = await cruise(
    parts.filter((part) => existsSync(join(root, part))),
    {
      baseDir: resolve(root),
      validate: true,
      ruleSet: { forbidden: rules },
      tsPreCompilationDeps: true,
      preserveSymlinks: false,
      combinedDependencies: true,
      // Node 20 does not know it yet; newer ones carry it.
      builtInModules: { override: [...builtinModules, 'node:sqlite'], add: [] },
      exclude: { path: '/(planted|dist)/' },
      doNotFollow: { path: 'node_modules' },
      enhancedResolveOptions: {
        exportsFields: ['exports'],
        conditionNames: ['import', 'node', 'types', 'require', 'default'],
        extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
      },
    },
  )
  if (typeof output === 'string') throw new Error(output)
  const own = output.modules.filter(
    ({ source, coreModule, couldNotResolve }) => isOwn(source) && !coreModule && !couldNotResolve,
  )
  return {
    analysed: own.length,
    trespasses: output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  }
}

const isOwn = (source: string): boolean =>
  parts.some((part) => source.startsWith(`${part}/`)) && /\.(tsx?|mjs)$/.test(source)
