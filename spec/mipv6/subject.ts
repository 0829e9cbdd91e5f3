import type { Subject, View } from '../index.ts'
import { ENDS, homeOf, other } from '../roaming.ts'
import type { Design } from './design.ts'
import type { HomeAgent } from './home-agent.ts'
import type { MobileNode } from './mobile-node-state.ts'
import * as scenarios from './scenarios.ts'

/** What is asked of a variant. */
export function subjectOf(design: Design): Subject {
  const registrations: Subject['beliefs'] = ENDS.map((end) => ({
    holder: `ha-${end}`,
    about: end,
    believes: (view) => view.state<HomeAgent>(`ha-${end}`).binding?.coa ?? null,
  }))
  // Without route optimization no end knows where the other is: the home agents' bindings are what there is.
  if (design.mobileNode.signalling === 'none') {
    return { ends: ['a', 'b'], beliefs: registrations, carriesData: true, forwards: true, strangers: ['eve'] }
  }
  return {
    ends: ['a', 'b'],
    beliefs: ENDS.map((end) => ({
      holder: end,
      about: other(end),
      believes: (view) => view.state<MobileNode>(end).cache?.coa ?? null,
    })),
    registrations,
    strangers: ['eve'],
    carriesData: true,
    forwards: design.direct !== true,
    always: {
      'no-home-agent-helps-to-forge': {
        in: [scenarios.attackerBehindFilter.name],
        means: 'A home agent sends on in the name of its mobile node only what that has sent.',
        // a stays where it is, so that it tests nothing: whatever comes out of the tunnel is forged.
        holds: (view) =>
          view.inFlight().every(({ source, message }) => message.kind !== 'HoTI' || source !== homeOf('a')) ||
          'a test that a never sent is on its way',
      },
    },
    ...(design.repairs
      ? {}
      : {
          sightings: {
            'both-return-routabilities-hang': {
              in: ['both-move'],
              means: 'It can come about that both return routability tests wait for ever (004 Fig. 1).',
              sees: (view: View) => hangs(view, ['testing', 'testing']),
            },
            'an-update-is-lost-after-return-routability': {
              in: ['both-move'],
              means:
                'It can come about that a binding update is lost though its return routability test was answered (004 Fig. 3).',
              sees: (view: View) => hangs(view, ['updating', 'testing']),
            },
          },
        }),
  }
}

/** Figs 1 and 3 of 004: both have moved, nothing is in flight, and the registrations of the two hang at these stages. */
function hangs(view: View, stages: readonly ['testing' | 'updating', 'testing']): true | string {
  const found = ENDS.map((end) => view.state<MobileNode>(end).registration?.stage)
  const matches = stages.every((stage, i) => found[i] === stage) || stages.every((stage, i) => found[1 - i] === stage)
  if (!matches) return `the registrations are at ${found.map((stage) => stage ?? 'their end').join(' and ')}`
  if (!ENDS.every((end) => view.hasMoved(end))) return 'not both have moved'
  return view.isQuiet() ? true : 'something is in flight'
}
