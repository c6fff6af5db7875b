import { type Id, type IdKind, makeId } from '@holdfast/core/values/ids.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Engine } from '../loop/engine.ts'
import type { Guard } from '../loop/guard.ts'
import type { Machine } from '../loop/machine.ts'
import type { Time } from '../loop/time.ts'
import type { TerminalClock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { CabinetIdentity } from '../platform/parse-identity.ts'
import { type CodeDesk, createCodeDesk } from './draw.ts'
import { type CodeEntry, createCodeEntry } from './enter.ts'
import { createNonceDesk, type NonceDesk } from './nonces.ts'
import { type CertificateGround, createPresenter, type Presenter } from './present.ts'

export interface CodesPorts {
  readonly identity: CabinetIdentity
  readonly clock: TerminalClock
  readonly time: Time
  readonly seals: Seals
  readonly machine: Machine
  readonly engine: Engine
  readonly guard: Guard
  readonly log: Log
  readonly ground: () => CertificateGround
}

/** Every way a person shows a right at this cabinet. */
export interface Codes {
  readonly nonces: NonceDesk
  readonly desk: CodeDesk
  readonly presenter: Presenter
  readonly enter: CodeEntry
  drawId<Kind extends IdKind>(kind: Kind): Id<Kind>
}

export function createCodes({ identity, clock, time, seals, machine, engine, guard, log, ground }: CodesPorts): Codes {
  const { cabinet, cloudKeys, codeKeys: keys, sealTo } = identity
  const { submit, observe } = engine
  const drawId = <Kind extends IdKind>(kind: Kind): Id<Kind> => makeId(kind, time.wall(), seals.random(10))
  const drawSession = () => drawId('session')
  const nonces = createNonceDesk(time.running, seals.random)
  return {
    nonces,
    drawId,
    desk: createCodeDesk({ cabinet, state: machine.cabinet, seals, keys, sealTo, submit }),
    presenter: createPresenter({ cabinet, seals, cloudKeys, nonces, drawSession, submit, ground }),
    enter: createCodeEntry({
      clock,
      cabinet: machine.cabinet,
      seals,
      keys,
      submit,
      observe,
      drawSession,
      journalHealth: guard.health,
      log,
    }),
  }
}
