/**
 * What a check must at least have looked at, so that an empty look never passes for a clean one, and the
 * bounds of the source figures. The one place to raise them.
 */
export const floors = {
  /** Modules that dependency-cruiser must have analysed. */
  cruisedModules: 800,
  /** Files that oxlint must have linted. */
  lintedFiles: 800,
  /** Lines of the median source file. */
  medianLines: [40, 90],
  /** Lines of tests, and of what only tests need, to lines of the product. */
  testRatio: [1, 1.5],
} as const
