import { expect, test } from 'vitest'
import { ask, kindsOf, told } from './ask.ts'

const reach = (variant: string, scenario: string) =>
  kindsOf(ask(`mip-ro/${variant}`, scenario))['eventually-reachable-both-ways']
const binding = (variant: string, scenario: string) =>
  kindsOf(ask(`mip-ro/${variant}`, scenario))['binding-eventually-correct']

test('a home agent that crashes tells nobody where its mobile node is, until that registers again', () => {
  const verdict = ask('mip-ro/warning-only', 'home-agent-crashes')['registrations-eventually-correct']!
  expect('reason' in verdict && verdict.reason).toMatch(/ha-a does not know where a is/)
  for (const variant of ['warning-only', 'forwarding-and-warning', 'special-tunnel']) {
    expect(binding(variant, 'home-agent-crashes'), variant).toBe('violated')
    expect(binding(variant, 'home-agent-crashes-lifetimes'), variant).toBe('holds')
  }
  // A forwarder keeps data flowing meanwhile.
  expect(reach('warning-only', 'home-agent-crashes')).toBe('violated')
  expect(reach('forwarding-and-warning', 'home-agent-crashes')).toBe('holds')
})

test('a previous foreign agent that crashes forwards no more; its warnings do not depend on what it was told', () => {
  const lost = ask('mip-ro/forwarding-only', 'previous-agent-crashes')['eventually-reachable-both-ways']!
  expect(lost.kind).toBe('violated')
  expect(told(lost).join('\n')).toContain('fa west-1 crashes')
  expect(reach('forwarding-only', 'both-move')).toBe('holds')
  for (const variant of ['warning-only', 'forwarding-and-warning', 'special-tunnel']) {
    expect(binding(variant, 'previous-agent-crashes'), variant).toBe('holds')
  }
})
