import { type Flight, ownerOf, type Story } from './story.ts'

/**
 * ', left at 5': when whoever held the destination of a lost packet gave it up; where it is held still, or never was, what became of the
 * packet.
 */
export function whyLost(story: Story, { packet, endedAt, lostBecause }: Flight): string {
  const owner = ownerOf(story, packet.destination)
  const held = (i: number): boolean =>
    owner !== null && story.moments[i]?.held[owner]?.includes(packet.destination) === true
  for (let i = endedAt - 1; i >= 0 && !held(endedAt); i--) {
    if (held(i)) return `, left at ${i + 1}`
  }
  return `: ${lostBecause}`
}
