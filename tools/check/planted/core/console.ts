console.log('a')
export const planted = 1
