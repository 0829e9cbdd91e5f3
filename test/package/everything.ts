/** A file of somebody's own, beside the protocol of the templates: it imports that, and every entry of the program, and asks of itself what the program asks. */
export const EVERYTHING = `
import { internetOf, variantOf } from 'doublejump/analysis'
import { resolveTargets } from 'doublejump/analysis/node'
import { explore } from 'doublejump/checker'
import { hit } from 'doublejump/claims'
import { commandsOf } from 'doublejump/conform'
import { ladder } from 'doublejump/counterexamples'
import { always, type Checked, type Property, predicate } from 'doublejump/properties'
import { checksOf } from 'doublejump/vitest'
import protocol from './protocol.ts'

export default protocol

const entries = [internetOf, resolveTargets, explore, hit, commandsOf, ladder, checksOf].map((entry) => typeof entry)
const nodes: readonly string[] = internetOf(variantOf(protocol, 'unpatched'), 'both-move').layout.topology.nodes.map((n) => n.name)

export const properties = (checked: Checked): Property[] => [
  {
    id: 'all-entries-are-there',
    ...always(
      predicate(checked, 'they are functions', () =>
        entries.every((entry) => entry === 'function') && nodes.includes('laptop') ? true : 'one is missing',
      ),
    ),
  },
]
`
