import { render } from 'preact'
import { App } from './app.tsx'
import { catalogueOf } from './catalogue.ts'
import { givenTo, ownOf } from './given.ts'
import './style.css'

const root = document.getElementById('app')!
try {
  const catalogue = await catalogueOf(ownOf(document))
  const given = givenTo(document)
  root.textContent = ''
  render(<App given={given} catalogue={catalogue} />, root)
} catch (error) {
  root.textContent = `This page cannot show what it was given: ${error instanceof Error ? error.message : String(error)}`
}
