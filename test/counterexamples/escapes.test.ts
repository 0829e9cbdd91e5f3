import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { marked } from 'marked'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { graph, quoted } from '../../counterexamples/dot.ts'
import {
  causesSvg,
  dot,
  ladderSvg,
  markdownCode,
  markdownCodeCell,
  markdownText,
  mermaid,
  msc,
  plantuml,
  svg,
} from '../../counterexamples/index.ts'
import { mermaidText } from '../../counterexamples/mermaid.ts'
import { mscText } from '../../counterexamples/msc.ts'
import { oneLine } from '../../counterexamples/one-line.ts'
import { plantumlText } from '../../counterexamples/plantuml.ts'
import { escapeXml } from '../../counterexamples/xml.ts'
import { decoded } from './decoded.ts'
import { hostileWords, manyHostileWords } from './hostile.ts'
import { madeUp } from './stories.ts'

const words = manyHostileWords(300)
/** Stories in which everything is named by such words. */
const evil = fc
  .sample(hostileWords, { numRuns: 12, seed: 2 })
  .map((hostile) => madeUp((word) => `${hostile}${word}${hostile}`))

/** What is left of words when a picture may break their lines. */
const letters = (text: string): string => oneLine(text).replaceAll(/[\s\u00a0]+/g, '')

const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => decoded(text!))

describe('XML', () => {
  test('a parser reads back what was written, and forbids nothing of it', async () => {
    const xml = `<all>${words.map((one) => `<one a="${escapeXml(one)}">${escapeXml(one)}</one>`).join('')}</all>`
    const { valid, normalized } = await validateXML({
      xml: [{ fileName: 'a.xml', contents: xml }],
      normalization: 'c14n',
    })
    expect(valid).toBe(true)
    const read = [...normalized.matchAll(/<one a="([^"]*)">([^<]*)<\/one>/g)]
    expect(read.map(([, , text]) => letters(decoded(text!)))).toEqual(words.map(letters))
    expect(read.map(([, attribute]) => letters(decoded(attribute!)))).toEqual(words.map(letters))
  })

  test('the parser would find what is not escaped', async () => {
    for (const bad of ['<x>a & b</x>', '<x>\u0001</x>', '<x>\ufffe</x>', '<x a="<"/>']) {
      expect(
        (await validateXML({ xml: [{ fileName: 'a.xml', contents: bad }], normalization: 'c14n' })).valid,
        bad,
      ).toBe(false)
    }
  })

  test('pictures of hostile stories are well formed', async () => {
    const pictures = await Promise.all(evil.map(async (story) => [ladderSvg(story), await causesSvg(story)]))
    const xml = pictures.flat().map((contents, i) => ({ fileName: `${i}.svg`, contents }))
    const { errors } = await validateXML({ xml, normalization: 'c14n' })
    expect(errors).toEqual([])
  })
})

describe('DOT', () => {
  test('Graphviz shows the words as they are, whatever is in them', async () => {
    const drawn = await svg(
      graph(
        '',
        words.map((one, i) => `s${i} [label=${quoted(oneLine(one))}]`),
      ),
    )
    expect(textsOf(drawn).map(letters).sort()).toEqual(
      words
        .map(letters)
        .filter((one) => one !== '')
        .sort(),
    )
  })

  test('characters that are not ASCII stay', async () => {
    const [text] = textsOf(await svg(graph('', [`s [label=${quoted('é → 移動 😀')}]`])))
    expect(text).toBe('é → 移動 😀')
    expect(dot(madeUp((word) => `${word} é`))).not.toContain('?')
  })
})

describe('Mermaid', () => {
  test('its entities stand for all that means something, and say the words', () => {
    fc.assert(
      fc.property(hostileWords, (hostile) => {
        const text = mermaidText(hostile)
        expect(text.replaceAll(/#(\d+);/g, '·')).not.toMatch(/[\n\r;#%<>{}"'`$&|~*=@[\]\\^]|\bend\b|^(no)?wrap:/i)
        const read = text.replaceAll(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
        expect(read).toBe(oneLine(hostile) || '·')
      }),
    )
  })

  test('a line an event, whatever is said', () => {
    for (const story of evil) expect(mermaid(story).split('\n').length).toBe(mermaid(madeUp()).split('\n').length)
  })
})

const has = (program: string, option: string): boolean => spawnSync(program, [option]).error === undefined
const folder = mkdtempSync(join(tmpdir(), 'doublejump-escapes-'))

/** What a program draws of a text, as SVG. */
function drawnBy(program: 'mscgen' | 'plantuml', text: string): string {
  const file = join(folder, 'chart.txt')
  writeFileSync(file, text)
  const drawing = join(folder, 'chart.svg')
  const args = program === 'mscgen' ? ['-T', 'svg', '-i', file, '-o', drawing] : ['-charset', 'UTF-8', '-tsvg', file]
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  expect(`${status} ${stderr}`.trim()).toBe('0')
  return readFileSync(drawing, 'utf8')
}

describe.skipIf(!has('mscgen', '-l'))(has('mscgen', '-l') ? 'mscgen' : 'skipped: there is no mscgen here', () => {
  test('shows the words as they are, but for backslashes', () => {
    const lines = words.map((one) => `n0 => n1 [label="${mscText(one)}"];`)
    const drawn = textsOf(drawnBy('mscgen', `msc {\nn0 [label="A"], n1 [label="B"];\n${lines.join('\n')}\n}\n`))
    expect(drawn.slice(2).map(letters)).toEqual(words.map((one) => letters(one).replaceAll('\\', '∖')))
  })

  test('draws hostile stories', () => {
    for (const story of evil.slice(0, 5)) expect(drawnBy('mscgen', msc(story))).toContain('</svg>')
  })
})

describe.skipIf(!has('plantuml', '-version'))(
  has('plantuml', '-version') ? 'PlantUML' : 'skipped: there is no plantuml here',
  () => {
    test('shows the words as they are', () => {
      const lines = words.map((one, i) => `n0 -> n1 : ${i} ${plantumlText(one)}`)
      const heads = `participant "${plantumlText('a "b" \\ c')}" as n0\nparticipant "B" as n1`
      const drawn = textsOf(drawnBy('plantuml', `@startuml\n${heads}\n${lines.join('\n')}\n@enduml\n`))
      expect(drawn.slice(0, 2)).toEqual(['a "b" \\ c', 'a "b" \\ c'])
      expect(drawn.slice(4).map(letters).join('\n')).toEqual(
        words.map((one, i) => `${i}${letters(one) || '·'}`).join('\n'),
      )
    })

    test('draws hostile stories', () => {
      for (const story of evil.slice(0, 2)) expect(drawnBy('plantuml', plantuml(story))).toContain('</svg>')
    })
  },
)

describe('Markdown', () => {
  const plain = (html: string): string => decoded(html.replaceAll(/<[^>]*>/g, ''))
  const cells = (html: string): string[] => [...html.matchAll(/<td>([\s\S]*?)<\/td>/g)].map(([, cell]) => cell!)

  test('a table has the words as they are, and no markup comes of them', () => {
    fc.assert(
      fc.property(hostileWords, hostileWords, (one, other) => {
        const table = `| head | head |\n|---|---|\n| ${markdownText(one)} | ${markdownCodeCell(other)} |\n`
        const [text, code, ...more] = cells(marked.parse(table, { async: false }))
        expect(more).toEqual([])
        expect(text).not.toMatch(/<(?!a |\/a>)/)
        expect(plain(text!)).toBe(oneLine(one))
        expect(code).toMatch(/^<code>[^<]*<\/code>$/)
        expect(letters(plain(code!))).toBe(letters(other))
      }),
    )
  })

  test('so has a heading', () => {
    fc.assert(
      fc.property(hostileWords, hostileWords, (one, other) => {
        const html = marked.parse(`## x ${markdownText(one)} ${markdownCode(other)}\n`, { async: false })
        expect(html.match(/<h2/g)).toHaveLength(1)
        expect(letters(plain(html))).toBe(letters(`x${one}${other}`))
      }),
    )
  })
})
