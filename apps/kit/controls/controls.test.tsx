import { useState } from 'react'
import type { ReactNode } from 'react'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { useStage } from '../testing/stage.testing.ts'
import { kioskWords } from '../words/kiosk/kiosk-words.ts'
import { WordsProvider } from '../words/use-words.tsx'
import { AccessButtons, applyAccess, plainAccess } from './ask/access-buttons.tsx'
import { Button } from './ask/button.tsx'
import { Field } from './ask/field.tsx'
import { Keypad, type KeypadProps } from './ask/keypad.tsx'
import { Sheet } from './sheet.tsx'
import { Banner } from './tell/banner.tsx'
import { CodeDisplay } from './tell/code-display.tsx'
import { TimeRing } from './tell/time-ring.tsx'

/** A stage where the kit's own words are spoken. */
function useKit() {
  const stage = useStage()
  return {
    stage,
    show: async (node: ReactNode, locale = 'en'): Promise<void> =>
      await stage.draw(<WordsProvider words={await kioskWords.load(locale)}>{node}</WordsProvider>),
  }
}

describe('a button', () => {
  const { stage, show } = useKit()

  it('is pressed, unless it rests or is at work; at work it keeps the focus and says so', async () => {
    const pressed: string[] = []
    const button = (name: string, also: object = {}): ReactNode => (
      <Button key={name} onPress={() => pressed.push(name)} {...also}>
        {name}
      </Button>
    )
    await show([button('one'), button('two', { busy: true }), button('three', { disabled: true })])
    for (const name of ['one', 'two', 'three']) await stage.press(name)
    expect(pressed).toEqual(['one'])
    const [, busy] = stage.all('button')
    expect([busy?.getAttribute('aria-busy'), busy?.hasAttribute('disabled')]).toEqual(['true', false])
  })

  it('submits its form only where it says so, and not while at work', async () => {
    let sent = 0
    const form = (busy: boolean): ReactNode => (
      <form onSubmit={(event) => (event.preventDefault(), (sent += 1))}>
        <Button>Look</Button>
        <Button submit busy={busy}>
          Send
        </Button>
      </form>
    )
    await show(form(false))
    await stage.press('Look')
    await stage.press('Send')
    await show(form(true))
    await stage.press('Send')
    expect(sent).toBe(1)
  })
})

describe('a field', () => {
  const { stage, show } = useKit()

  it('is tied to its label, its hint and what is wrong with it', async () => {
    await show(
      <Field label="Phone" value="12" onChange={() => undefined} hint="With country" error="Too short" optional />,
    )
    const input = stage.field('Phone (optional)')
    const described = input.getAttribute('aria-describedby')?.split(' ') ?? []
    expect(described.map((id) => stage.page.document.getElementById(id)?.textContent)).toEqual([
      'With country',
      'Too short',
    ])
    expect([input.getAttribute('aria-invalid'), input.hasAttribute('required')]).toEqual(['true', false])
    expect(stage.all('[role="alert"]')).toHaveLength(1)
  })

  it('gives every letter on, in one line or several', async () => {
    const typed: string[] = []
    await show(<Field label="Note" value="" onChange={(text) => typed.push(text)} rows={3} />)
    await stage.type('Note', '문 앞\n두 번째 줄')
    expect([typed, stage.all('textarea').length]).toEqual([['문 앞\n두 번째 줄'], 1])
  })
})

function Typing(props: Partial<KeypadProps> & { readonly told: (value: string) => void }): ReactNode {
  const [value, setValue] = useState('')
  const change = (next: string): void => (setValue(next), props.told(next))
  return <Keypad length={9} {...props} value={value} onChange={change} />
}

describe('the keypad', () => {
  const { stage, show } = useKit()

  it('takes digits up to its length, from fingers and from a real keyboard, and nothing else', async () => {
    const told: string[] = []
    const spoken: string[] = []
    await show(<Typing told={(value) => told.push(value)} length={3} onKey={(digit) => spoken.push(digit)} />)
    await stage.press('7')
    for (const key of ['x', '0', 'Enter', 'ArrowUp', '5', '9', '９']) await stage.key(key)
    await stage.press('1')
    expect(told).toEqual(['7', '70', '705'])
    expect(spoken).toEqual(['7', '0', '5'])
    await stage.press('Delete last digit')
    await stage.key('Backspace')
    await stage.press('Clear all')
    expect(told.slice(3)).toEqual(['70', '7', ''])
  })

  it('rests whole, keyboard too, and takes the very first key when it is back', async () => {
    const told: string[] = []
    const keys = (disabled: boolean): ReactNode => <Typing told={(value) => told.push(value)} disabled={disabled} />
    await show(keys(true))
    await stage.key('4')
    expect(stage.all('button').every((key) => key.hasAttribute('disabled'))).toBe(true)
    await show(keys(false))
    await stage.key('4')
    expect(told).toEqual(['4'])
  })

  it('leaves what is typed into a field alone, and shortcuts of the browser', async () => {
    const told: string[] = []
    await show([<input key="1" aria-label="Phone" />, <Typing key="2" told={(value) => told.push(value)} />])
    await stage.let(() => stage.field('Phone').focus())
    await stage.key('1')
    await stage.let(() => stage.field('Phone').blur())
    await stage.key('1', { ctrlKey: true })
    expect(told).toEqual([])
  })

  it('never holds more than fits, whatever is pressed', async () => {
    const keys = fc.array(fc.constantFrom('1', '0', 'Backspace', 'Delete', '9'), { maxLength: 14 })
    await fc.assert(
      fc.asyncProperty(keys, async (pressed) => {
        let value = ''
        await show(<Typing key={pressed.join()} told={(next) => (value = next)} length={4} />)
        for (const key of pressed) await stage.key(key)
        const model = pressed.reduce((text, key) => {
          if (key === 'Delete') return ''
          return key === 'Backspace' ? text.slice(0, -1) : `${text}${key}`.slice(0, 4)
        }, '')
        expect(value).toBe(model)
      }),
      { numRuns: 4 },
    )
  })
})

describe('a sheet', () => {
  const { stage, show } = useKit()
  const sheet = (open: boolean, onClose?: () => void): ReactNode => (
    <Sheet open={open} title="Take it off?" {...(onClose ? { onClose } : {})}>
      <p>inside</p>
    </Sheet>
  )

  it('is not there until it is open, and asks to be closed by its button and a press outside', async () => {
    const closed = vi.fn()
    await show(sheet(false, closed))
    expect([stage.text(), stage.all('dialog')[0]?.open]).toEqual(['', false])
    await show(sheet(true, closed))
    expect(stage.all('dialog')[0]?.open).toBe(true)
    await stage.press('Close')
    expect(closed).toHaveBeenCalledTimes(1)
    await show(sheet(false, closed))
    expect(stage.all('dialog')[0]?.open).toBe(false)
  })

  it('that must be answered has no way out but its answer', async () => {
    await show(sheet(true))
    expect(stage.buttons()).toEqual([])
  })
})

describe('what tells', () => {
  const { stage, show } = useKit()

  it.each([
    ['danger', 'alert', 'Cannot go on'],
    ['act', 'alert', 'Act now'],
    ['note', 'status', 'Note'],
    ['safe', 'status', 'Done'],
  ] as const)(
    'a banner of %s is read as %s, with its word before it and the code for support behind',
    async (tone, role, word) => {
      await show(<Banner tone={tone} title="The door is open" code="door-open" />)
      expect(stage.all(`[role="${role}"]`)).toHaveLength(1)
      expect(stage.text()).toBe(`${word}: The door is open Support code: door-open`)
    },
  )

  it('a code stands 3-3-3 with its zeros and is read digit by digit; while typed only how many', async () => {
    await show(<CodeDisplay digits="007021500" />)
    expect(stage.text()).toBe('Code 0 0 7 0 2 1 5 0 0 0 0 7 0 2 1 5 0 0')
    expect(stage.all('.hf-code-group').map((group) => group.textContent)).toEqual(['007', '021', '500'])
    await show(<CodeDisplay digits="00" entry />)
    expect(stage.all('.hf-hidden')[0]?.textContent).toBe('2 of 9 digits entered')
    expect(stage.all('[data-next="true"]')).toHaveLength(1)
    expect(stage.all('.hf-code-empty')).toHaveLength(7)
  })

  it('the ring counts down in words, asks twenty seconds before the end, and never goes below nothing', async () => {
    const extended = vi.fn()
    await show(<TimeRing totalMs={60_000} leftMs={25_000} onExtend={extended} />)
    expect(stage.text()).toContain('25 seconds left')
    await stage.after(5_300)
    expect(stage.text()).toContain('Still there?')
    await stage.press('More time')
    expect(extended).toHaveBeenCalledTimes(1)
    await stage.after(60_000)
    expect(stage.all('text')[0]?.textContent).toBe('0')
  })
})

describe('display and sound', () => {
  const { stage, show } = useKit()

  it('are each one press, the volume goes round, and no sound is offered where there is none', async () => {
    const chosen: unknown[] = []
    const buttons = (volume: 'off' | 'low' | 'loud'): ReactNode => (
      <AccessButtons
        access={{ ...plainAccess, volume }}
        onChange={(next) => chosen.push(next)}
        onRepeat={() => undefined}
      />
    )
    for (const volume of ['off', 'low', 'loud'] as const) {
      await show(buttons(volume))
      await stage.press(/^Sound/)
    }
    expect(chosen).toMatchObject([{ volume: 'low' }, { volume: 'loud' }, { volume: 'off' }])
    await show(<AccessButtons access={plainAccess} onChange={(next) => chosen.push(next)} />)
    expect(stage.buttons()).toEqual(['High contrast', 'Large text'])
    await stage.press('Large text')
    expect(chosen.at(-1)).toEqual({ ...plainAccess, largeText: true })
  })

  it('are written where the tokens read them', () => {
    const root = stage.page.document.documentElement
    applyAccess({ ...plainAccess, contrast: true, low: true }, 'dark')
    expect([root.dataset['theme'], root.dataset['text'], root.dataset['reach']]).toEqual(['contrast', 'usual', 'low'])
    applyAccess({ ...plainAccess, largeText: true }, 'dark')
    expect([root.dataset['theme'], root.dataset['text'], root.dataset['reach']]).toEqual(['dark', 'large', 'usual'])
  })
})
