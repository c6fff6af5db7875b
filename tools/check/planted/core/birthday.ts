export const day = new Date(0)
