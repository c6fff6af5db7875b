import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import type { Show, Site } from '@holdfast/wire/kiosk/show.ts'
import { describePlace } from '../kit/drawing/place.ts'
import type { Words } from '../kit/words/create-words.ts'
import type { KioskId } from '../kit/words/kiosk/kiosk-words.ts'
import { labelOf } from './now.tsx'
import { problemWords } from './problem-words.ts'

/** What is said aloud and stands as the caption: what happened, where, and what to do now. Empty: nothing to say. */
export function voiceLine({ screen, broken = [] }: Show, site: Site, words: Words<KioskId>): string {
  const { t } = words
  const said = 'problem' in screen && !isOverflow(screen) ? screen.problem : null
  const problem = said === null ? '' : problemWords(said, words.locale)
  if (problem !== '') return problem
  switch (screen.kind) {
    case 'unready':
    case 'idle':
    case 'code':
    case 'lost-code':
    case 'sign-in':
    case 'courier-phone':
    case 'courier-code':
    case 'courier-carrier':
    case 'farewell':
      return guestLine(screen, site, words)
    case 'complaint':
      return t('kiosk.complaint.title')
    case 'pickup-next':
      return t('kiosk.next.title')
    case 'scan':
      return t(broken.includes('scanner') ? 'kiosk.scan.title.typed' : 'kiosk.scan.title')
    case 'looking':
      return t('kiosk.looking.hint')
    case 'size':
      return sizeLine(screen, t)
    case 'recipient':
    case 'recipient-check':
      return t(screen.kind === 'recipient' ? 'kiosk.recipient.title' : 'kiosk.recipient.check')
    case 'consent':
      return t(`kiosk.consent.${screen.state}`)
    case 'same-door':
      return t('kiosk.sameDoor.title')
    case 'carry':
    case 'phone-asks':
      return t(screen.kind === 'carry' ? 'kiosk.carry.title' : `kiosk.phoneAsks.${screen.about}`)
    case 'recalls':
      return screen.doors.length === 0 ? t('kiosk.recalls.none') : t('kiosk.recalls.title')
    case 'looks':
      return t(screen.doors.length === 0 ? 'kiosk.looks.none' : 'kiosk.looks.title')
    case 'look-door':
    case 'pickup-door':
    case 'deposit-door':
    case 'recall-door':
    case 'undo-door':
      return doorLine(screen, site, words)
  }
}

/** Full here, which its title says; what went wrong with the question is said first. */
const isOverflow = (screen: Show['screen']): boolean =>
  screen.kind === 'size' && screen.elsewhere !== undefined && screen.problem === 'cabinet-full'

function sizeLine({ elsewhere }: ScreenOf<'size'>, t: Words<KioskId>['t']): string {
  if (elsewhere === undefined) return t('kiosk.size.title')
  const { asked } = elsewhere
  return asked === null ? t('kiosk.elsewhere.title') : t(`kiosk.elsewhere.${asked.word}`, { name: asked.name })
}

type GuestScreen = ScreenOf<
  | 'unready'
  | 'idle'
  | 'code'
  | 'lost-code'
  | 'sign-in'
  | 'courier-phone'
  | 'courier-code'
  | 'courier-carrier'
  | 'farewell'
>

function guestLine(screen: GuestScreen, site: Site, { t }: Words<KioskId>): string {
  switch (screen.kind) {
    case 'unready':
      return t(`kiosk.unready.${screen.why}`)
    case 'idle':
      return screen.openDoor === null ? '' : t('kiosk.idle.openDoor', { label: labelOf(site, screen.openDoor) })
    case 'code':
      if (screen.elsewhere !== undefined) return elsewhereLine(screen.elsewhere, t)
      return screen.busy ? t('kiosk.code.busy') : t('kiosk.code.title')
    case 'lost-code':
      return screen.sent ? t('kiosk.lostCode.sent.hint') : t('kiosk.lostCode.title')
    case 'sign-in':
      return t('kiosk.signIn.hint')
    case 'courier-phone':
      return t('kiosk.phone.title')
    case 'courier-code':
      return t('kiosk.messageCode.title')
    case 'courier-carrier':
      return t('kiosk.carrier.title')
    case 'farewell':
      return t(`kiosk.farewell.${screen.outcome}`)
  }
}

function elsewhereLine(
  { name, directions }: NonNullable<ScreenOf<'code'>['elsewhere']>,
  t: Words<KioskId>['t'],
): string {
  const way = directions === undefined ? '' : t('kiosk.code.elsewhere.way', { directions })
  return `${t('kiosk.code.elsewhere.say', { name })} ${way}`.trim()
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

type DoorScreen = ScreenOf<'pickup-door' | 'deposit-door' | 'recall-door' | 'undo-door' | 'look-door'>

/** Title and hint of a door's screen; the screen itself shows the same words. */
export function doorWords(
  screen: DoorScreen,
  site: Site,
  words: Words<KioskId>,
): { readonly title: string; readonly hint: string } {
  const { t } = words
  const label = labelOf(site, screen.compartment)
  const place = capital(describePlace(site.layout, screen.compartment, words))
  // A sensor that lies is not repeated to the one who knows better.
  if (screen.kind === 'look-door' && screen.picture) return shutWords(screen, label, words)
  switch (screen.phase) {
    case 'opening':
      return { title: t('kiosk.door.opening', { label }), hint: t('kiosk.door.opening.pull', { place }) }
    case 'stuck':
      return { title: t('kiosk.door.stuck', { label }), hint: t('kiosk.door.stuck.hint') }
    case 'open':
      if (screen.reminded) return { title: t('kiosk.door.reminded', { label }), hint: t('kiosk.door.reminded.hint') }
      return openWords(screen, { label, place }, words)
    case 'shut':
      return shutWords(screen, label, words)
  }
}

function openWords(
  screen: DoorScreen,
  { label, place }: { readonly label: string; readonly place: string },
  { t }: Words<KioskId>,
): { readonly title: string; readonly hint: string } {
  if (screen.kind === 'pickup-door') {
    if (screen.putBack !== null)
      return { title: t('kiosk.pickup.putBack'), hint: t('kiosk.pickup.putBack.hint', { place }) }
    return { title: t('kiosk.door.open', { label }), hint: t('kiosk.pickup.take', { place }) }
  }
  if (screen.kind === 'recall-door') {
    return { title: t('kiosk.door.open', { label }), hint: t('kiosk.recall.take', { place }) }
  }
  if (screen.kind === 'look-door')
    return { title: t('kiosk.door.open', { label }), hint: t('kiosk.look.open', { place }) }
  if (screen.kind === 'undo-door')
    return { title: t('kiosk.undo.open', { label }), hint: t('kiosk.recall.take', { place }) }
  if (screen.cancelling) return { title: t('kiosk.cancel.title'), hint: t('kiosk.cancel.hint', { place }) }
  return { title: t('kiosk.door.open', { label }), hint: t('kiosk.deposit.put', { place }) }
}

function shutWords(
  screen: DoorScreen,
  label: string,
  { t }: Words<KioskId>,
): { readonly title: string; readonly hint: string } {
  if (screen.kind === 'pickup-door')
    return { title: t('kiosk.pickup.shut'), hint: t('kiosk.pickup.shut.hint', { label }) }
  if (screen.kind === 'recall-door') {
    return { title: t('kiosk.recall.shut', { label }), hint: t('kiosk.recall.shut.hint', { left: screen.left }) }
  }
  if (screen.kind === 'look-door') {
    return { title: t('kiosk.look.shut', { label }), hint: t(screen.holds ? 'kiosk.look.holds' : 'kiosk.look.bare') }
  }
  if (screen.kind === 'undo-door') return { title: t('kiosk.undo.shut', { label }), hint: t('kiosk.undo.shut.hint') }
  if (screen.waiting) return { title: t('kiosk.deposit.waiting'), hint: '' }
  return { title: t('kiosk.deposit.shut'), hint: t('kiosk.deposit.shut.hint', { label }) }
}

function doorLine(screen: DoorScreen, site: Site, words: Words<KioskId>): string {
  const { title, hint } = doorWords(screen, site, words)
  const stop = words.locale === 'zh' ? '。' : '. '
  return hint === '' ? title : `${title}${/[?？!]$/.test(title) ? ' ' : stop}${hint}`
}
