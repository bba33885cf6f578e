/** In place of `node:child_process` in commander: lockstep's commands are no programs, and loading it takes 3 ms. */
export function spawn(): never {
  throw new Error('no command is a program of its own');
}
