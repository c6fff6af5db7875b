import { useEffect, useState } from 'react'
import { describe, expect, it } from 'vitest'
import { nameOf, noon, useStage } from './stage.testing.ts'

/** The bed itself: were it blind, every claim that stands on it would be worth nothing. */
function Counter() {
  const [count, setCount] = useState(0)
  const [name, setName] = useState('')
  const [said, setSaid] = useState('')
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 5000)
    return () => clearTimeout(timer)
  }, [])
  return (
    <form onSubmit={(event) => (event.preventDefault(), setSaid(name))}>
      <label htmlFor="name">Name</label>
      <input id="name" value={name} maxLength={3} onInput={(event) => setName(event.currentTarget.value)} />
      <button type="button" onClick={() => setCount(count + 1)}>
        Count
      </button>
      <button type="button" disabled onClick={() => setCount(100)}>
        Resting
      </button>
      <button type="submit">Send</button>
      <label>
        <input type="checkbox" checked={late} onChange={(event) => setLate(event.currentTarget.checked)} />
        Late
      </label>
      <output>
        {count} {said} {late ? 'late' : 'early'}
      </output>
    </form>
  )
}

describe('the stage', () => {
  const stage = useStage()

  it('draws, presses, types and submits as a person does', async () => {
    await stage.draw(<Counter />)
    await stage.press('Count')
    await stage.press('Resting')
    await stage.type('Name', 'Lin')
    expect(stage.text()).toContain('1 early')
    await stage.press('Send')
    expect(stage.text()).toContain('1 Lin early')
    await stage.press('Late')
    expect(stage.text()).toContain('Lin late')
  })

  it('presses twice before anything is drawn anew, and each press counts', async () => {
    await stage.draw(<Counter />)
    await stage.pressTwice('Count')
    expect(stage.text()).toContain('Late 2 early')
  })

  it('keeps time standing still until it is let go', async () => {
    await stage.draw(<Counter />)
    expect(new Date().getTime()).toBeGreaterThanOrEqual(noon)
    await stage.after(4000)
    expect(stage.text()).toContain('early')
    await stage.after(1500)
    expect(stage.text()).toContain('late')
  })

  it('finds by selector, says what it hears, and says what it has not', async () => {
    await stage.draw(<Counter />)
    expect(stage.all('form input:not([type=checkbox], [type=radio])')).toHaveLength(1)
    expect(stage.all('button').map(nameOf)).toEqual(['Count', 'Resting', 'Send'])
    expect(stage.all('output button')).toEqual([])
    await expect(stage.press('Nowhere')).rejects.toThrow("no button or link 'Nowhere'")
    expect(() => stage.all('form > input')).toThrow('does not know')
  })
})
