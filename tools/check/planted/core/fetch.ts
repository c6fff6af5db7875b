fetch('/')
export const planted = 1
