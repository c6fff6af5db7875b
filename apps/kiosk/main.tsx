import '../kit/tokens.css'
import '../kit/tokens.fonts.latin.ts'
import { createRoot } from 'react-dom/client'
import { Kiosk } from './kiosk.tsx'

const app = document.getElementById('app')
if (app) createRoot(app).render(<Kiosk token={location.hash.slice(1)} />)
