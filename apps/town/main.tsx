import '../kit/tokens.css'
import '../kit/tokens.fonts.latin.ts'
import { createRoot } from 'react-dom/client'
import { Town } from './town.tsx'

const app = document.getElementById('app')
if (app) createRoot(app).render(<Town />)
