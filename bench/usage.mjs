/** `--import`ed into a measured process: tells its peak memory and CPU time over file descriptor 3 when it ends. */
import { readFileSync, writeSync } from 'node:fs';

process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeSync(3, JSON.stringify({ peakKb: highWaterMark() ?? maxRSS, cpuMs: (userCPUTime + systemCPUTime) / 1000 }));
});

/** Linux counts the parent's memory at the moment of the fork into a child's maxRSS; VmHWM is the process's own. */
function highWaterMark() {
  if (process.platform !== 'linux') return undefined;
  return Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}
