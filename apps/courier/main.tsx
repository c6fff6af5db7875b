import '../kit/tokens.css'
import { createRoot } from 'react-dom/client'
import { CourierApp } from './courier.tsx'

const app = document.getElementById('app')
if (app) createRoot(app).render(<CourierApp />)
