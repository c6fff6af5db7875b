import type { GrantReply, RecipientKiosk } from '@holdfast/wire/http/access.ts'

export type KioskDeposit = RecipientKiosk['deposits'][number]

/** One visit to one kiosk: which doors were asked to open, and how the last one was. */
export interface Visit {
  readonly opened: readonly string[]
  readonly last?: { readonly deposit: string; readonly reply: GrantReply }
}

export const newVisit: Visit = { opened: [] }

export const openedOne = (visit: Visit, deposit: string, reply: GrantReply): Visit => ({
  opened: [...visit.opened.filter((known) => known !== deposit), deposit],
  last: { deposit, reply },
})

/** The door that comes next, in the cloud's order; none once all were opened. */
export const nextDoor = (deposits: readonly KioskDeposit[], { opened }: Visit): KioskDeposit | undefined =>
  deposits.find(({ deposit }) => !opened.includes(deposit))
