import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { longest } from './longest-first.ts'
import { root } from '../program.ts'

describe('what a run begins with', () => {
  it.each(longest)('%s is the place of tests', (part) => {
    const folder = part.endsWith('/') ? part : `${dirname(part)}/`
    const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => folder + file)
    expect(files.some((file) => file.startsWith(part) && /\.test\.tsx?$/.test(file))).toBe(true)
  })
})
