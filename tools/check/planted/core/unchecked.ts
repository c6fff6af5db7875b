export const first: number = [1][0]
