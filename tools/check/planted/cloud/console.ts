console.log('shut')
export const said = true
