import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../farm/servers.ts'

/** A Slurm of one node, on the loopback. */
export interface Slurm {
  /** What its commands need. */
  readonly env: Readonly<Record<string, string>>
  remove(): Promise<void>
}

/** Null where Debian's package is not installed. */
export const slurm = ['sbatch', 'slurmctld', 'slurmd'].every((one) =>
  ['/usr/bin', '/usr/sbin'].some((folder) => existsSync(join(folder, one))),
)
  ? started
  : null

async function started(): Promise<Slurm> {
  const folder = mkdtempSync(join(tmpdir(), 'slurm-'))
  const at = (name: string) => join(folder, name)
  for (const name of ['state', 'spool']) mkdirSync(at(name))
  const node = hostname()
  const [ours, theirs] = [await freePort(), await freePort()]
  writeFileSync(
    at('slurm.conf'),
    `ClusterName=doublejump
SlurmctldHost=${node}(127.0.0.1)
SlurmUser=root
SlurmctldPort=${ours}
SlurmdPort=${theirs}
AuthType=auth/none
CredType=cred/none
StateSaveLocation=${at('state')}
SlurmdSpoolDir=${at('spool')}
SlurmctldPidFile=${at('slurmctld.pid')}
SlurmdPidFile=${at('slurmd.pid')}
SlurmctldLogFile=${at('slurmctld.log')}
SlurmdLogFile=${at('slurmd.log')}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SwitchType=switch/none
MpiDefault=none
NodeName=${node} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`,
  )
  const env = { SLURM_CONF: at('slurm.conf') }
  const daemons = ['slurmctld', 'slurmd'].map((name) =>
    spawn(join('/usr/sbin', name), ['-D'], { env: { ...process.env, ...env }, stdio: 'ignore' }),
  )
  const remove = async () => {
    for (const daemon of daemons) {
      const over = new Promise((done) => daemon.once('exit', done))
      daemon.kill()
      if (daemon.exitCode === null) await over
    }
    rmSync(folder, { recursive: true, force: true })
  }
  for (let tries = 0; !isIdle(env); tries++) {
    if (tries === 100) {
      await remove()
      throw new Error('Slurm does not begin')
    }
    await sleep(200)
  }
  return { env, remove }
}

function isIdle(env: Readonly<Record<string, string>>): boolean {
  try {
    const states = execFileSync('sinfo', ['--noheader', '--format', '%T'], {
      env: { ...process.env, ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5000,
    })
    return states.trim() === 'idle'
  } catch {
    return false
  }
}
