export * as errors from './messages.ts'
export { InputError, list } from './messages.ts'
