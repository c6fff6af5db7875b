import type { ReactNode } from 'react'
import type { Screen, ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { Carry } from './carry/carry.tsx'
import { PhoneAsks } from './carry/phone-asks.tsx'
import { Consent, SameDoor } from './courier/consent.tsx'
import { DepositDoor } from './courier/deposit-door.tsx'
import { LookDoor, Looks } from './taking/looks.tsx'
import { RecallDoor, Recalls } from './taking/recalls.tsx'
import { Recipient, RecipientCheck } from './courier/recipient.tsx'
import { Scan } from './courier/scan.tsx'
import { Looking, SizeChoice } from './courier/size-choice.tsx'
import { UndoDoor } from './taking/undo-door.tsx'
import { Code } from './guest/code.tsx'
import { Farewell, Unready } from './guest/farewell.tsx'
import { Idle } from './guest/idle.tsx'
import { LostCode } from './guest/lost-code.tsx'
import { CourierCarrier, CourierCode, CourierPhone, SignIn } from './guest/sign-in.tsx'
import { Complaint, PickupNext } from './pickup/complaint.tsx'
import { PickupDoor } from './pickup/pickup-door.tsx'

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

export function ScreenView({ screen }: { readonly screen: Screen }): ReactNode {
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
      return <GuestView screen={screen} />
    case 'pickup-door':
      return <PickupDoor {...screen} />
    case 'complaint':
      return <Complaint {...screen} />
    case 'pickup-next':
      return <PickupNext {...screen} />
    case 'scan':
      return <Scan {...screen} />
    case 'looking':
      return <Looking {...screen} />
    case 'size':
      return <SizeChoice {...screen} />
    case 'recipient':
    case 'recipient-check':
      return screen.kind === 'recipient' ? <Recipient {...screen} /> : <RecipientCheck {...screen} />
    case 'consent':
      return <Consent {...screen} />
    case 'same-door':
      return <SameDoor {...screen} />
    case 'deposit-door':
      return <DepositDoor {...screen} />
    case 'undo-door':
      return <UndoDoor {...screen} />
    case 'carry':
    case 'phone-asks':
      return screen.kind === 'carry' ? <Carry {...screen} /> : <PhoneAsks {...screen} />
    case 'recalls':
      return <Recalls {...screen} />
    case 'looks':
    case 'look-door':
      return screen.kind === 'looks' ? <Looks {...screen} /> : <LookDoor {...screen} />
    case 'recall-door':
      return <RecallDoor {...screen} />
  }
}

/** Nobody is signed in. */
function GuestView({ screen }: { readonly screen: GuestScreen }): ReactNode {
  switch (screen.kind) {
    case 'unready':
      return <Unready {...screen} />
    case 'idle':
      return <Idle {...screen} />
    case 'code':
      return <Code {...screen} />
    case 'lost-code':
      return <LostCode {...screen} />
    case 'sign-in':
      return <SignIn {...screen} />
    case 'courier-phone':
      return <CourierPhone {...screen} />
    case 'courier-code':
      return <CourierCode {...screen} />
    case 'courier-carrier':
      return <CourierCarrier {...screen} />
    case 'farewell':
      return <Farewell {...screen} />
  }
}
