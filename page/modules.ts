import * as immer from 'immer'
import * as tsPattern from 'ts-pattern'
import type { HandedOver } from '../analysis/load/bundled.ts'
import * as checker from '../checker/index.ts'
import * as properties from '../properties/index.ts'
import * as doublejump from '../spec/index.ts'

/** What a protocol of the user's own imports is this page's own, so that nothing is there twice. */
const modules: HandedOver = {
  doublejump,
  'doublejump/checker': checker,
  'doublejump/properties': properties,
  immer,
  'ts-pattern': tsPattern,
}

/** @throws Error where a file asks for something else, as it does by a name that it makes up while it runs */
export function require(name: string): object {
  if (!Object.hasOwn(modules, name)) throw new Error(`it asks for '${name}', which this page does not have.`)
  return modules[name as keyof HandedOver]
}
