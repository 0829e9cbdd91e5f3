import { endWith } from './end.ts'
import { run } from './program.ts'

endWith(() => run(process.argv.slice(2)))
