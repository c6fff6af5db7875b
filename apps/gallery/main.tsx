import '../kit/tokens.css'
import { createRoot } from 'react-dom/client'
import { Gallery } from './gallery.tsx'

const query = new URLSearchParams(location.search)
const root = document.documentElement.dataset
for (const name of ['surface', 'theme', 'text', 'motion']) {
  const value = query.get(name)
  if (value !== null) root[name] = value
}

const app = document.getElementById('app')
if (app) createRoot(app).render(<Gallery locale={query.get('locale') ?? 'en'} page={query.get('page') ?? 'all'} />)
