setTimeout(() => 0, 1)
export const planted = 1
