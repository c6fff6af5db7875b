import '../kit/tokens.css'
import { createRoot } from 'react-dom/client'
import { CourierApp } from './courier.tsx'

const app = document.getElementById('app')
if (app) createRoot(app).render(<CourierApp />)
// Where the browser has none, or refuses (no trusted certificate), the app is there as long as its page is.
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('service-worker.js').catch(() => undefined)
