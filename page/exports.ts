import { causesSvg } from '../counterexamples/causes-svg.ts'
import { dot } from '../counterexamples/dot.ts'
import { itf } from '../counterexamples/itf.ts'
import { ladderSvg } from '../counterexamples/ladder-svg.ts'
import { mermaid } from '../counterexamples/mermaid.ts'
import { msc } from '../counterexamples/msc.ts'
import { plantuml } from '../counterexamples/plantuml.ts'
import type { Story } from '../counterexamples/story.ts'
import { testText } from '../counterexamples/test-text.ts'

/** What is seen, as a file. */
export const formats: Readonly<Record<string, (story: Story) => string | Promise<string>>> = {
  svg: (story) => ladderSvg(story),
  causes: causesSvg,
  dot,
  itf,
  json: (story) => `${JSON.stringify({ version: 1, ...story }, null, 2)}\n`,
  mermaid,
  msc,
  plantuml,
  test: testText,
}

const endings: Readonly<Record<string, string>> = {
  causes: 'causes.svg',
  itf: 'itf.json',
  mermaid: 'mmd',
  plantuml: 'puml',
  test: 'test.ts',
}

export async function save(story: Story, format: string): Promise<void> {
  const name = `${story.protocol}.${story.variant}.${story.scenario}.${story.property}`
  if (format === 'png') {
    savePng(ladderSvg(story), `${name}.png`)
    return
  }
  download(
    new Blob([await formats[format]!(story)], { type: 'text/plain;charset=utf-8' }),
    `${name}.${endings[format] ?? format}`,
  )
}

function savePng(svg: string, name: string): void {
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg)!
  const image = new Image()
  image.onload = () => {
    const canvas = document.createElement('canvas')
    canvas.width = Number(width) * 2
    canvas.height = Number(height) * 2
    const context = canvas.getContext('2d')!
    context.scale(2, 2)
    context.drawImage(image, 0, 0)
    canvas.toBlob((blob) => {
      if (blob !== null) download(blob, name)
    })
  }
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
}

function download(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
