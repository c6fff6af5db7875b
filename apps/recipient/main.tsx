import '../kit/tokens.css'
import { createRoot } from 'react-dom/client'
import { RecipientApp } from './recipient.tsx'

const app = document.getElementById('app')
if (app) createRoot(app).render(<RecipientApp />)
