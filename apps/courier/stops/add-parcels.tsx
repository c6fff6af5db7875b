import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { Round } from '@holdfast/wire/http/courier/day.ts'
import type { Client } from '../../kit/cloud/client.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Field } from '../../kit/controls/ask/field.tsx'
import { kioskRoute, readKioskCode } from '../../kit/phone/at-kiosk/kiosk-code.ts'
import { replaceBy } from '../../kit/phone/route.ts'
import { ScanView } from '../../kit/scan/scan-view.tsx'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { useSeen } from '../lists/seen.ts'
import type { CabinetList } from './cabinets.tsx'
import { numbersIn } from './round.ts'
import { type RoundInHand, roundPath } from './use-round.ts'

export interface AddParcelsProps extends Pick<RoundInHand, 'busy' | 'act'> {
  readonly client: Client
}

/** One cabinet at a time: first where to, then the labels before the camera, or numbers typed or pasted. */
export function AddParcels({ client, busy, act }: AddParcelsProps): ReactNode {
  const { t } = useWords<CourierId>()
  const cabinets = useSeen<CabinetList>(client, '/v1/courier/cabinets')
  const [chosen, setChosen] = useState<string>()
  const [scanning, setScanning] = useState(false)
  const places = cabinets.good?.value.items.map(({ place }) => place) ?? []
  const cabinet = chosen ?? places[0]?.cabinet
  const add = (numbers: readonly string[], scanned = false): void =>
    void act<Round>(roundPath, { cabinet, numbers }, (round) => round, scanned)
  return (
    <section className="hf-stack" aria-label={t('courier.round.put')}>
      <div className="carriers" role="group" aria-label={t('courier.round.where')}>
        {places.map((place) => (
          <Button
            key={place.cabinet}
            pressed={place.cabinet === cabinet}
            {...(place.cabinet === cabinet ? { icon: 'check' as const } : {})}
            onPress={() => setChosen(place.cabinet)}
          >
            {place.name}
          </Button>
        ))}
      </div>
      <Camera
        open={scanning}
        disabled={cabinet === undefined}
        onOpen={setScanning}
        onRead={(text) => add([text], true)}
      />
      {/* What was just scanned stands close below the camera. */}
      {!scanning && <Typed busy={busy} disabled={cabinet === undefined} onAdd={add} />}
    </section>
  )
}

interface CameraProps {
  readonly open: boolean
  readonly disabled: boolean
  readonly onOpen: (open: boolean) => void
  readonly onRead: (text: string) => void
}

/** Label after label; the one before the lens still is read once. */
function Camera({ open, disabled, onOpen, onRead }: CameraProps): ReactNode {
  const { t } = useWords<CourierId>()
  const last = useRef('')
  const read = (text: string): void => {
    // The kiosk's own QR in between: a session there, not a parcel.
    const kiosk = readKioskCode(text)
    if (kiosk) return replaceBy(kioskRoute(kiosk))
    const number = text.trim().slice(0, 64)
    if (number === '' || number === last.current) return
    last.current = number
    if ('vibrate' in navigator && navigator.userActivation.hasBeenActive) navigator.vibrate(40)
    onRead(number)
  }
  return (
    <>
      {open && <ScanView active onScan={({ text }) => read(text)} />}
      <Button size="big" icon={open ? 'close' : 'camera'} disabled={disabled} onPress={() => onOpen(!open)}>
        {t(open ? 'courier.round.scan.stop' : 'courier.round.scan')}
      </Button>
    </>
  )
}

interface TypedProps {
  readonly busy: boolean
  readonly disabled: boolean
  readonly onAdd: (numbers: readonly string[]) => void
}

function Typed({ busy, disabled, onAdd }: TypedProps): ReactNode {
  const { t } = useWords<CourierId>()
  const [typed, setTyped] = useState('')
  const numbers = numbersIn(typed)
  return (
    <form
      className="hf-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (numbers.length === 0) return
        onAdd(numbers)
        setTyped('')
      }}
    >
      <Field label={t('courier.round.numbers')} value={typed} onChange={setTyped} rows={3} autoComplete="off" />
      <Button submit busy={busy} disabled={numbers.length === 0 || disabled}>
        {t('courier.round.add', { count: numbers.length })}
      </Button>
    </form>
  )
}
