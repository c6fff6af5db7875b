Buffer.from('a')
export const planted = 1
