declare const found: string | undefined
export const text = found!
