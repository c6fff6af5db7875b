import '../kit/tokens.css'
import '../kit/tokens.fonts.ts'
import { createRoot } from 'react-dom/client'
import { Operator } from './operator.tsx'

const app = document.getElementById('app')
if (app) createRoot(app).render(<Operator />)
