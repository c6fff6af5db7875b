console.log('shut')
export const said = process.env['HOME']
