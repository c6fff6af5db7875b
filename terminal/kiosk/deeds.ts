import type { Loop } from '../loop/loop.ts'
import type { Log } from '../platform/log.ts'
import type { Deed, DialogInput } from './dialog/dialog.ts'

/** Carries deeds out on the loop; each answer comes back as an input. A failure opens nothing and is written down. */
export function createDeeds(loop: Loop, take: (input: DialogInput) => void, log: Log): (deed: Deed) => void {
  const later = <Value>(promise: Promise<Value>, input: (value: Value) => DialogInput): void => {
    promise.then(
      (value) => {
        take(input(value))
      },
      (error: unknown) => {
        log.error({ err: error }, 'kiosk-deed')
        take({ type: 'failed' })
      },
    )
  }
  return (deed) => {
    switch (deed.do) {
      case 'submit':
        return take({ type: 'submitted', means: deed.means, verdict: loop.submit(deed.commands) })
      case 'submit-sealed': {
        const { commands, deposit, part, means } = deed
        const submitted = loop.submitSealed(commands, { deposit, part })
        return later(submitted, (verdict) => ({ type: 'submitted', means, verdict }))
      }
      case 'prepare':
        return later(loop.prepareCodes(deed.request), (verdict) => ({ type: 'prepared', verdict }))
      case 'enter':
        return later(loop.enterCode(deed.code, deed.tail), (answer) => ({ type: 'entered', answer }))
      case 'present':
        return take({ type: 'presented', answer: loop.present(deed.text, deed.via) })
      case 'standing': {
        const { deposit } = deed
        return later(loop.cards.standing(deed.phone), (standing) => ({ type: 'standing-known', deposit, standing }))
      }
      case 'ask': {
        const { question } = deed
        return later(loop.ask(question), (replied) => ({ type: 'replied', question, replied }))
      }
      case 'ask-by-phone': {
        const { question } = deed
        return later(loop.askByPhone(question), (replied) => ({ type: 'replied', question, replied }))
      }
      case 'learn':
        loop.cards.learn(deed.card)
        return take({ type: 'changed' })
    }
  }
}
