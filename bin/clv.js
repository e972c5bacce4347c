#!/usr/bin/env node
/** Before the program is there to say it, or where what says it cannot be loaded: the message of E465. */
const TOO_FEW_FILES = `clv: error[E465] the limit of open files is too low
  remedy: raise it, and run again: ulimit -n 256
`;

try {
  const { main } = await import('../dist/main.js');
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error?.code !== 'EMFILE' && error?.code !== 'ENFILE') throw error;
  process.stderr.write(TOO_FEW_FILES);
  process.exitCode = 74;
}
