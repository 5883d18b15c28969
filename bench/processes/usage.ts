import { readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;
const MIB = 1024 * 1024;

/** What the kernel counts for a process. @throws where there is no /proc. */
function status(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch (error) {
    throw new Error('This figure is read from /proc, which is not there.', { cause: error });
  }
}

const kibibytes = (pid: number, field: string): number =>
  Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status(pid))?.[1]);

/** Resident memory in MiB: now, and the most there was. */
export const memoryOf = (pid: number): { readonly now: number; readonly most: number } => ({
  now: (kibibytes(pid, 'VmRSS') * 1024) / MIB,
  most: (kibibytes(pid, 'VmHWM') * 1024) / MIB,
});

/** Seconds of CPU a process has used, in user and kernel mode. */
export function cpuSecondsOf(pid: number): number {
  status(pid);
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
