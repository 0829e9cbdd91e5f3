import { STYLE } from './causes-style.ts'
import { dot } from './dot.ts'
import { FONTS } from './label.ts'
import { sentence } from './sentence.ts'
import { captionOf, detailOf, flightsOf, nameOf, type Story } from './story.ts'
import { svg } from './svg.ts'
import { textWidth, wrapped } from './text-width.ts'
import { escapeXml } from './xml.ts'

/**
 * Who caused what, as a picture: the causal graph as Graphviz lays it out, under the story's sentence and above what its shapes and lines
 * mean. Steps have the numbers that they have in the ladder.
 */
export async function causesSvg(story: Story): Promise<string> {
  const drawn = await svg(dot(story, ''))
  const [, graphWidth = 0, graphHeight = 0] = (/viewBox="0\.00 0\.00 ([\d.]+) ([\d.]+)"/.exec(drawn) ?? []).map(Number)
  const width = Math.ceil(Math.max(NARROWEST, graphWidth + 2 * EDGE))
  const title = wrapped(captionOf(story), FONTS.title, width - 2 * EDGE)
  const words = wrapped(sentence(story), FONTS.sentence, width - 2 * EDGE)
  const top = 20 + title.length * 17 + words.length * 16
  const legend = legendOf(story, drawn, top + graphHeight + 24, width)
  const height = Math.ceil(legend.bottom + EDGE)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="c" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(`${captionOf(story)}: who caused what`)}</title><desc>${escapeXml(sentence(story))}</desc>`,
    `<style>${STYLE}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...title.map((line, i) => `<text x="${EDGE}" y="${22 + i * 17}" class="title">${escapeXml(line)}</text>`),
    ...words.map(
      (line, i) =>
        `<text x="${EDGE}" y="${23 + title.length * 17 + i * 16}" class="sentence">${escapeXml(line)}</text>`,
    ),
    `<svg x="${Math.round((width - graphWidth) / 2)}" y="${top}" width="${graphWidth}" height="${graphHeight}" viewBox="0 0 ${graphWidth} ${graphHeight}">`,
    named(story, drawn),
    '</svg>',
    ...legend.parts,
    '</svg>',
    '',
  ].join('\n')
}

const EDGE = 16
const NARROWEST = 480

/** What Graphviz drew, without its frame; its names of nodes and arrows are replaced by what they stand for. */
function named(story: Story, drawn: string): string {
  const flights = flightsOf(story)
  const step = (i: number): string => `${i + 1}. ${story.steps[i]?.text ?? ''}`
  return drawn
    .replace(/^[\s\S]*?<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replaceAll(/<!--[\s\S]*?-->\n?/g, '')
    .replaceAll(/<g id="\w+" class="(\w+)/g, '<g class="$1')
    .replace(/<title>counterexample<\/title>\n?/, '')
    .replaceAll(/<title>cluster_\d+<\/title>\n?/g, '')
    .replaceAll(/<g( class="[^"]*">\s*)<title>s(\d+)<\/title>/g, (_, rest, i) => {
      return `<g data-step="${i}"${rest}<title>${escapeXml(step(Number(i)))}</title>`
    })
    .replaceAll(/<title>s(\d+)&#45;&gt;s(\d+)<\/title>/g, (_, from, to) => {
      const flight = flights.get(Number(to))
      if (flight?.sentAt !== Number(from)) return ''
      return `<title>${escapeXml(`${nameOf(flight.packet)} ${detailOf(flight.packet)}`.trim())}</title>`
    })
}

type Sample = readonly [occurs: boolean, drawing: string, width: number, words: string]

/** Only what occurs; a new line where there is no more room. */
function legendOf(story: Story, drawn: string, top: number, width: number): { parts: string[]; bottom: number } {
  const has = (name: string): boolean => new RegExp(`class="(node|edge) [^"]*\\b${name}\\b`).test(drawn)
  const line = (name: string): string =>
    `<g class="edge ${name}"><path d="M0 -4h20"/><polygon points="20,-7 27,-4 20,-1"/></g>`
  const samples: readonly Sample[] = [
    [has('move'), '<g class="node move"><ellipse cx="10" cy="-4" rx="10" ry="6"/></g>', 26, 'a host moves'],
    [
      has('timer'),
      '<g class="node timer"><polygon points="0,-4 5,-10 15,-10 20,-4 15,2 5,2"/></g>',
      26,
      'a timer fires',
    ],
    [has('takes'), '<g class="node takes"><rect y="-10" width="20" height="12" rx="4"/></g>', 26, 'a node receives'],
    [has('dead'), '<g class="node dead"><rect y="-10" width="20" height="12"/></g>', 26, 'lost, or crashed'],
    [has('before'), line('before'), 33, 'next at the same node'],
    [has('message'), line('message'), 33, 'sent there, received here'],
    [has('lost'), line('lost'), 33, 'sent, and lost'],
    [has('loop'), line('loop'), 33, 'and again from there, for ever'],
    [has('aside'), '', 0, 'pale: beside the point'],
    [story.steps.length > 1, '', 0, 'numbers: the steps of the ladder, in the order of this run'],
  ]
  let [x, y] = [EDGE, top]
  const parts = samples.flatMap(([occurs, drawing, room, words]): string[] => {
    if (!occurs) return []
    const wide = room + textWidth(words, FONTS.small)
    if (x > EDGE && x + wide > width - EDGE) {
      x = EDGE
      y += 20
    }
    const part = `<g transform="translate(${x} ${y})">${drawing}<text x="${room}" class="small">${escapeXml(words)}</text></g>`
    x += Math.ceil(wide) + 22
    return [part]
  })
  return { parts, bottom: y }
}
