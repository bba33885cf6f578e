#!/usr/bin/env node
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { VERSION } from './model/version.ts';

const [first, ...others] = process.argv.slice(2);
if (others.length === 0 && (first === '--version' || first === '-V')) {
  // Some pipelines ask it before every use, and the commands take as long to load as Node itself.
  process.stdout.on('error', () => undefined).write(`${VERSION}\n`);
} else {
  // Node 22.8 and later keep what they compile. Next to the code: whoever could write there could change the code itself.
  if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function') {
    module.enableCompileCache(fileURLToPath(new URL('.compile-cache', import.meta.url)));
  }
  const { main } = await import('./main.ts');
  await main();
}
