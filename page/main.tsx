import { render } from 'preact'
import { App } from './app.tsx'
import { givenTo } from './given.ts'
import './style.css'

const root = document.getElementById('app')!
root.textContent = ''
try {
  render(<App given={givenTo(document)} />, root)
} catch (error) {
  root.textContent = `This page cannot show what it was given: ${error instanceof Error ? error.message : String(error)}`
}
