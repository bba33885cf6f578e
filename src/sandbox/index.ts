/** Zoom's settings API, simulated in this process. */
export type { Fault } from './faults.ts';
export { fullState } from './full-state.ts';
export { type Sandbox, type SandboxOptions, startSandbox } from './server.ts';
export { parseState, type SandboxState } from './state.ts';
export { universityState } from './university/index.ts';
export type { LoggedRequest } from './world.ts';
