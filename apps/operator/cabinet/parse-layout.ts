import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import type { CabinetView } from '@holdfast/wire/http/cabinets.ts'

/** The same shape: on the wire ids are text, in core they are branded. The cloud has judged it. */
export const asLayout = (layout: CabinetView['layout']): CabinetLayout => layout as unknown as CabinetLayout
