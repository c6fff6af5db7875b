import type { ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import { createClient } from '../cloud/client.ts'
import { useStage } from '../testing/stage.testing.ts'
import { recipientWords } from '../words/recipient/recipient-words.ts'
import { WordsProvider } from '../words/use-words.tsx'
import { FindKiosk } from './at-kiosk/find-kiosk.tsx'
import type { KioskCode } from './at-kiosk/kiosk-code.ts'
import { HelpLineContext } from './help/help-line.ts'
import { HelpButton } from './help/help-button.tsx'
import { Help } from './help/help.tsx'
import { keepNumber } from './help/numbers.ts'
import { SignIn } from './sign-in.tsx'

type Reply = number | 'offline' | 'never'

/** A phone whose cloud answers as the test says: a status, no way there, or never. */
function usePhone() {
  const stage = useStage()
  const sent: { path: string; body: Record<string, unknown> }[] = []
  const replies = new Map<string, Reply>()
  const fetch: typeof globalThis.fetch = async (address, init) => {
    const path = typeof address === 'string' ? address : ''
    sent.push({ path, body: JSON.parse(typeof init?.body === 'string' ? init.body : 'null') })
    const reply = replies.get(path) ?? 202
    if (reply === 'offline') throw new TypeError('no network')
    if (reply === 'never') return new Promise(() => undefined)
    const error = { code: 'code-wrong', message: 'This code is not right.', messages: { zh: '验证码不正确。' } }
    return new Response(JSON.stringify(reply < 300 ? {} : { error }), { status: reply })
  }
  const show = async (node: ReactNode, locale = 'en'): Promise<void> =>
    await stage.draw(<WordsProvider words={await recipientWords.load(locale)}>{node}</WordsProvider>)
  return { stage, sent, replies, show, client: createClient({ fetch }) }
}

const codes = '/v1/sign-in/codes'
const enter = '/v1/sign-in'

describe('signing in on a phone', () => {
  const { stage, sent, replies, show, client } = usePhone()
  let entered = 0
  const open = async (locale = 'en', thrownOut = false): Promise<void> => {
    sent.splice(0)
    replies.clear()
    entered = 0
    const props = { client, audience: 'recipient', title: 'Your parcels', lead: 'With your number', thrownOut } as const
    await show(<SignIn {...props} languages={<p>languages</p>} onSignedIn={() => void (entered += 1)} />, locale)
  }
  const askCode = async (): Promise<void> => {
    await stage.type('Your mobile number', '138 1234 5678')
    await stage.submit()
  }

  it('asks for nothing shorter than a number, and keeps it through every failure', async () => {
    await open()
    await stage.type('Your mobile number', ' 1 ')
    await stage.submit()
    expect(sent).toEqual([])
    for (const [reply, words] of [
      ['offline', 'No connection.'],
      [429, 'This code is not right.'],
      [502, 'This code is not right.'],
    ] as const) {
      replies.set(codes, reply)
      await askCode()
      expect(stage.all('[role="alert"]')[0]?.textContent).toContain(words)
      expect(stage.field('Your mobile number').value).toBe('138 1234 5678')
    }
  })

  it('sends the six digits by itself, once, when the phone has filled them in', async () => {
    await open()
    await askCode()
    expect(sent[0]?.body).toEqual({ phone: '138 1234 5678', audience: 'recipient', locale: 'en' })
    replies.set(enter, 'never')
    await stage.type('Six digits from the message', '04-29 17')
    await stage.type('Six digits from the message', '042917')
    await stage.submit()
    expect(sent.filter(({ path }) => path === enter)).toMatchObject([{ body: { code: '042917' } }])
  })

  it('says what is wrong with a code in the reader’s language, and takes the next one', async () => {
    await open('zh')
    await stage.type(/手机号/, '13812345678')
    await stage.submit()
    replies.set(enter, 401)
    await stage.type(/验证码/, '111111')
    expect(stage.text()).toContain('验证码不正确。')
    replies.set(enter, 200)
    await stage.type(/验证码/, '042917')
    expect([entered, stage.text().includes('验证码不正确。')]).toEqual([1, false])
  })

  it('sends the code again after half a minute, and lets what was wrong with the old one go', async () => {
    await open()
    await askCode()
    replies.set(enter, 401)
    await stage.type('Six digits from the message', '111111')
    expect(stage.text()).toContain('This code is not right.')
    expect(stage.all('button').filter((button) => button.hasAttribute('disabled'))).toHaveLength(1)
    await stage.after(31_000)
    await stage.press('Send again')
    expect(sent.filter(({ path }) => path === codes)).toHaveLength(2)
    expect(stage.text()).not.toContain('This code is not right.')
  })

  it('goes back to the number as it was typed', async () => {
    await open()
    await askCode()
    await stage.press('Change number')
    expect(stage.field('Your mobile number').value).toBe('138 1234 5678')
    expect(stage.text()).toContain('languages')
  })

  it('says to whoever was signed out in the midst of something why he stands here', async () => {
    await open('en', true)
    expect(stage.text()).toContain('You have been signed out.')
    await open('en')
    expect(stage.text()).not.toContain('You have been signed out.')
  })
})

describe('help on a phone', () => {
  const { stage, show } = usePhone()

  it.each(['en', 'zh', 'ko'])('says in %s where a number stands while the phone knows none', async (locale) => {
    const { t } = await recipientWords.load(locale)
    await show(<Help onClose={() => undefined} />, locale)
    for (const id of ['help.noNumber', 'phone.help.shutIn', 'help.safe'] as const) expect(stage.text()).toContain(t(id))
    expect(stage.links()).toEqual([])
  })

  it('calls the cabinets lately shown, the newest first, each once, three at most', async () => {
    for (const place of ['A', 'B', 'C', 'B', 'D']) keepNumber({ place, phone: `400-${place}` })
    await show(<Help onClose={() => undefined} />)
    expect(stage.links().map(([, address]) => address)).toEqual(['tel:400-D', 'tel:400-B', 'tel:400-C'])
  })

  it('says whom to call where the network has gone since, and asks for the rest at the next press', async () => {
    keepNumber({ place: 'A', phone: '400-A' })
    let isOnline = false
    const load = async () => (isOnline ? { Help } : await Promise.reject(new TypeError('no network')))
    await show(<HelpButton load={load} />)
    await stage.press('Help')
    expect([stage.links().at(0)?.[1], stage.text().includes('Your parcel is safe')]).toEqual(['tel:400-A', true])
    expect(stage.text()).not.toContain('shut inside')
    await stage.press('Close')
    isOnline = true
    await stage.press('Help')
    expect(stage.text()).toContain('shut inside')
  })
})

describe('asking the operator from a phone', () => {
  const { stage, sent, replies, show, client } = usePhone()
  const help = '/v1/recipient/help'
  const open = async (places: readonly string[], locale = 'en'): Promise<void> => {
    sent.splice(0)
    replies.clear()
    for (const place of places) keepNumber({ place, phone: '95338', cabinet: `cab_${place}` })
    await show(
      <HelpLineContext value={{ client, audience: 'recipient' }}>
        <Help onClose={() => undefined} />
      </HelpLineContext>,
      locale,
    )
  }

  it.each(['en', 'zh', 'ko'])('is one press for a call back, and says in %s what that gives away', async (locale) => {
    const { t } = await recipientWords.load(locale)
    await open(['North'], locale)
    expect(stage.text()).toContain(t('phone.help.callBack.hint'))
    await stage.press(new RegExp(t('phone.help.callBack')))
    expect(sent.map(({ path, body }) => [path, body])).toEqual([[help, { cabinet: 'cab_North', what: 'call-back' }]])
    expect(stage.text()).toContain(t('phone.help.asked', { place: 'North' }))
    expect(stage.text()).not.toContain(t('phone.help.callBack.hint'))
  })

  it('is about the cabinet seen last, until another one is chosen', async () => {
    await open(['North', 'South'])
    await stage.press(/^Somebody is shut inside/)
    expect(stage.all('input[type="radio"]')).toHaveLength(2)
    await stage.press('North')
    await stage.press(/^Somebody is shut inside/)
    expect(sent.map(({ body }) => body)).toEqual(
      ['South', 'North'].map((place) => ({ cabinet: `cab_${place}`, what: 'shut-in' })),
    )
    expect(stage.text()).toContain('North: the operator is alarmed')
  })

  it('says what went wrong with the number to call, and can be pressed again', async () => {
    await open(['North'])
    for (const [reply, words] of [
      ['offline', 'No connection.'],
      [502, 'This code is not right.'],
    ] as const) {
      replies.set(help, reply)
      await stage.press(/called back/)
      expect(stage.all('[role="alert"]').at(-1)?.textContent).toContain(words)
      expect(stage.all('[role="alert"]').at(-1)?.textContent).toContain('95338')
    }
    replies.set(help, 202)
    await stage.press(/called back/)
    expect(stage.all('.hf-banner-danger')).toHaveLength(0)
    expect(sent).toHaveLength(3)
  })

  it('asks once while the answer is on its way', async () => {
    await open(['North'])
    replies.set(help, 'never')
    await stage.press(/called back/)
    await stage.press(/called back/)
    expect(sent).toHaveLength(1)
  })

  it('is not offered before anybody has signed in', async () => {
    await open(['North'])
    await show(<Help onClose={() => undefined} />)
    expect(stage.text()).not.toContain('called back')
    expect(stage.text()).toContain('Somebody is shut inside?')
  })

  it('is not offered for a cabinet that was kept without its name', async () => {
    keepNumber({ place: 'Old', phone: '95338' })
    await open([])
    expect(stage.text()).not.toContain('called back')
    expect(stage.links().map(([, address]) => address)).toEqual(['tel:95338'])
  })
})

describe('finding a kiosk without a camera', () => {
  const { stage, show } = usePhone()

  it('takes a pasted link, keeps what is none and says so until it is changed', async () => {
    const found: KioskCode[] = []
    await show(<FindKiosk onFound={(code) => found.push(code)} />)
    await stage.type(/link/i, 'https://evil.example/')
    await stage.submit()
    const [wrong] = stage.all('form [role="alert"]')
    expect(wrong?.textContent).not.toBe('')
    expect(stage.field(/link/i).value).toBe('https://evil.example/')
    const nonce = 'ab'.repeat(16)
    await stage.type(/link/i, ` https://x.example/k#cab_01040g2081040g2081040g2081.${nonce} `)
    expect(stage.all('form [role="alert"]')).toHaveLength(0)
    await stage.submit()
    expect(found).toEqual([{ cabinet: 'cab_01040g2081040g2081040g2081', nonce }])
  })
})
