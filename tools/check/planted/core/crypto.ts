crypto.randomUUID()
export const planted = 1
