import { main } from './carillon.ts';

// What is written here is for this user alone.
process.umask(0o077);

process.exitCode = await main(process.argv.slice(2), process.env, {
  say: (line) => void process.stdout.write(`${line}\n`),
  complain: (line) => void process.stderr.write(`${line}\n`),
});
