import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** What a process has used so far, all of its threads together. */
export interface ProcessUsage {
  readonly cpuSeconds: number;
  readonly residentMib: number;
}

/** proc_pid_stat(5) counts in clock ticks; Linux shows user space 100 of them a second on every platform of Node's. */
const TICKS_PER_SECOND = 100;
/** proc_pid_stat(5): utime is field 14 and stime 15; splitting starts behind the second field, the program's name. */
const UTIME_AFTER_NAME = 11;
const STIME_AFTER_NAME = 12;

const hasProc = existsSync('/proc/self/stat');

/** CPU time and resident memory of a process. Throws if there is no such process. */
export function readUsage(pid: number): ProcessUsage {
  try {
    return hasProc ? readProc(pid) : readPs(pid);
  } catch (cause) {
    throw new Error(`the server's process ${pid} is gone`, { cause });
  }
}

/** proc_stat(5): the time that the machine under this virtual one gave to others, of all processors, is field 9 of the first line. */
const STOLEN_IN_LINE = 8;

/** How long this virtual machine would have run but was not let, in seconds of all processors; 0 where nobody tells. */
export function readStolenSeconds(): number {
  if (!hasProc) return 0;
  const [line = ''] = readFileSync('/proc/stat', 'latin1').split('\n', 1);
  return Number(line.split(/ +/)[STOLEN_IN_LINE] ?? 0) / TICKS_PER_SECOND;
}

function readProc(pid: number): ProcessUsage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[UTIME_AFTER_NAME]) + Number(fields[STIME_AFTER_NAME]);
  const resident = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
  return { cpuSeconds: ticks / TICKS_PER_SECOND, residentMib: Number(resident?.[1] ?? 0) / 1024 };
}

function readPs(pid: number): ProcessUsage {
  const answer = execFileSync('ps', ['-o', 'rss=,time=', '-p', String(pid)], { encoding: 'utf8' });
  const [kib = '0', time = '0'] = answer.trim().split(/\s+/);
  const cpuSeconds = time.split(/[-:]/).reduce((sum, part) => sum * 60 + Number(part), 0);
  return { cpuSeconds, residentMib: Number(kib) / 1024 };
}
