import { describe, expect, it } from 'vitest'
import { createProgress } from './progress.ts'
import { formatTable } from './table.ts'

function screen(isTTY: boolean) {
  const written: string[] = []
  let now = 0
  const progress = createProgress({ isTTY, columns: 40, write: (text) => void written.push(text) }, () => now)
  return { progress, text: () => written.join(''), wait: (ms: number) => (now += ms) }
}

describe('progress', () => {
  it('is plain lines where nobody watches', () => {
    const { progress, text, wait } = screen(false)
    const step = progress.begin('Building')
    step.update('courier')
    wait(1_500)
    step.done('2 built')
    expect(text()).toBe('  Building · courier\n✓ Building · 2 built (1.5 s)\n')
  })

  it('is one line that is rewritten on a terminal, and gives way to what is said meanwhile', () => {
    const { progress, text } = screen(true)
    const step = progress.begin('Building')
    progress.say('port 4600 is in use')
    step.failed('no disk')
    const lines = text().split('\n')
    expect(lines[0]?.endsWith('\u001B[2Kport 4600 is in use')).toBe(true)
    expect(lines[1]?.endsWith('\u001B[2K✗ Building · no disk (0.0 s)')).toBe(true)
  })

  it('never writes past the end of the line', () => {
    const { progress, text } = screen(true)
    const step = progress.begin('B'.repeat(100))
    const shown = text().split('\u001B[2K').at(-1) ?? ''
    step.done()
    expect(shown.length).toBeLessThan(40)
  })
})

describe('a table', () => {
  it('aligns its columns, wide characters counted as two', () => {
    expect(formatTable([['a', 'b'], ['取件', 'c'], ['long one']])).toBe('a         b\n取件      c\nlong one')
  })
})
