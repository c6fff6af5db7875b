import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** A run ends with its last file: one of these, begun last, would run on alone while other cores are idle. */
export const longest: readonly string[] = [
  '/tools/demo/',
  '/tools/bench/',
  '/tools/guides/',
  '/tools/audit/',
  '/simulator/',
  '/terminal/terminal.',
  '/cloud/setup/',
  '/cloud/platform/',
]

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => longest.some((part) => moduleId.includes(part))
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}
