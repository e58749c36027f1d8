// clang-tidy over the C++ sources that changed since a base commit (argument, or HEAD~1), or over all with --all.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { root } from './setup.mjs';

const all = process.argv.includes('--all');
const base = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? 'HEAD~1';
const known = JSON.parse(readFileSync(`${root}/build/asan/compile_commands.json`, 'utf8'))
  .map((entry) => entry.file).filter((file) => file.startsWith(`${root}/core/`) || file.startsWith(`${root}/tools/`));
const changed = spawnSync('git', ['diff', '--name-only', base, '--'], { cwd: root, encoding: 'utf8' });
const names = new Set(changed.status === 0 ? changed.stdout.split('\n').map((name) => `${root}/${name}`) : []);
const files = [...new Set(known)].filter((file) => all || names.has(file));
if (files.length === 0) {
  console.log('tidy: no changed C++ source');
  process.exit(0);
}
const ran = spawnSync('xargs', ['-P', String(cpus().length), '-n', '1', 'clang-tidy', '--quiet', '-p', `${root}/build/asan`],
  { cwd: root, input: files.join('\n'), encoding: 'utf8', maxBuffer: 1 << 28 });
const findings = ran.stdout.split('\n').filter((line) => /(warning|error):/.test(line));
for (const line of new Set(findings)) console.error(line);
console.log(`tidy: ${files.length} files checked, ${new Set(findings).size} findings`);
process.exit(ran.status === 0 && findings.length === 0 ? 0 : 1);
