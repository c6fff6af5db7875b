process.exit(1)
export const planted = 1
