// Opt-in for screens without a byte budget; kiosk and recipient use the device's own fonts first.
import './tokens.fonts.latin.ts'
import '@fontsource-variable/noto-sans-kr'
import '@fontsource-variable/noto-sans-sc'
