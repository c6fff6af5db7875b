import { readId } from '@holdfast/core/values/ids.ts'

/** One kiosk at one moment: which cabinet, and the nonce that its screen shows now. */
export interface KioskCode {
  readonly cabinet: string
  readonly nonce: string
}

const shape = /(?:^|#)(?:k\/)?([^./#]+)\.([0-9a-f]{32})$/i

/**
 * The kiosk's QR `<origin>/k#<cabinet>.<nonce>`, which redirects keep as `…/#<cabinet>.<nonce>`, this app's route
 * `…#k/<cabinet>.<nonce>`, or the bare pair as pasted.
 */
export function readKioskCode(text: string): KioskCode | undefined {
  const [, id = '', nonce = ''] = shape.exec(text.replaceAll(/\s/g, '')) ?? []
  const cabinet = readId('cabinet', id)
  return cabinet === undefined ? undefined : { cabinet, nonce: nonce.toLowerCase() }
}

/** The same as a route of these apps. */
export const kioskRoute = ({ cabinet, nonce }: KioskCode): string => `k/${cabinet}.${nonce}`
