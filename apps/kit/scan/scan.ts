/** What couriers' labels and phones' screens carry. */
export const labelFormats = ['QRCode', 'Code128', 'Code39', 'ITF', 'DataMatrix', 'EAN13'] as const
export const screenFormats = ['QRCode'] as const satisfies readonly ScanFormat[]

export type ScanFormat = (typeof labelFormats)[number]

/** What a label or a screen said, as printed: bare digits, no brackets. */
export interface Scan {
  readonly text: string
  /** 'QRCode', 'Code128', … as zxing names them. */
  readonly format: string
  /** AIM identifier; ']C1' is GS1-128. */
  readonly symbology: string
}

export interface ScanRequest {
  readonly id: number
  readonly image: ImageData
  readonly formats: readonly ScanFormat[]
  /** Try again with contrast stretched and turned: up to five passes, a quarter of a second. */
  readonly hard: boolean
}

export type ScanReply =
  | { readonly id: number; readonly scan: Scan | undefined }
  | { readonly id: number; readonly failure: string }
