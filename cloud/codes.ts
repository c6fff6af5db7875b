import { accessCodes } from './access/codes.ts'
import { cabinetsCodes } from './cabinets/codes.ts'
import { carriersCodes } from './carriers/codes.ts'
import { couriersCodes } from './couriers/codes.ts'
import { noticesCodes } from './notices/codes.ts'
import { parcelsCodes } from './parcels/codes.ts'
import { peopleCodes } from './people/codes.ts'
import { platformRefusals } from './platform/http/refusals.ts'
import { risksCodes } from './risks/codes.ts'

/** Every refusal that the cloud's routes and asks may answer, by the part that speaks. */
export const cloudCodes = {
  'HTTP, every route': platformRefusals,
  People: peopleCodes,
  Access: accessCodes,
  Couriers: couriersCodes,
  Parcels: parcelsCodes,
  Cabinets: cabinetsCodes,
  Carriers: carriersCodes,
  Notices: noticesCodes,
  Alerts: risksCodes,
}
