import type { Network } from '../network.ts'
import { holds } from '../checks/law.ts'
import { count, type Town } from './town.ts'

/** What somebody on the wire has heard go down. */
export interface Overheard {
  readonly topic: string
  readonly payload: Uint8Array
}

/** Sends old orders once more, some of them with a bit turned: the checks see to it that none acts twice. */
export async function sendsAgain(
  town: Town,
  network: Pick<Network, 'send'>,
  overheard: readonly Overheard[],
): Promise<void> {
  const { chance, clock } = town
  for (let messages = chance.between(1, 4); messages > 0; messages -= 1) {
    const old = chance.pick(overheard)
    if (old === undefined) return
    const bent = chance.happens(0.3) ? chance.between(0, old.payload.length - 1) : undefined
    network.send(
      old.topic,
      old.payload.map((byte, i) => (i === bent ? byte ^ 4 : byte)),
    )
    count(town, 'messages sent again')
    await clock.sleep(chance.between(100, 3_000))
  }
}

/** Stands before the screen with a grant that he signed himself. */
export async function forgesGrant(town: Town): Promise<void> {
  const { street, cloud } = town
  const loop = street.loop()
  if (loop === undefined || loop.cabinet().session !== null) return
  const { nonce, number } = loop.screenNonce()
  const answer = loop.present(cloud.forged({ nonce, number: Number(number) }))
  holds(6, answer.kind !== 'grant' || !answer.verdict.accepted, () => 'a grant that the cloud never signed was taken')
  count(town, 'grants forged')
}
