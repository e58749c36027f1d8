// clang-format over every C++ file, and house rules on source text: ASCII-only C++, no machine paths, line length.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { gitFiles, root } from './setup.mjs';

const sources = gitFiles('*.h', '*.cpp');
const problems = [];
const formatted = spawnSync('clang-format', [process.argv.includes('--fix') ? '-i' : '--dry-run', '--Werror', ...sources], { cwd: root, encoding: 'utf8' });
if (formatted.error) problems.push(`clang-format did not run: ${formatted.error.message}`);
else if (formatted.status !== 0) problems.push(formatted.stderr.split('\n').filter((line) => line.includes('error:')).slice(0, 20).join('\n'));

for (const file of [...sources, ...gitFiles('*.mjs', '*.ts', '*.css', '*.cmake', '*CMakeLists.txt', '*.json', '*.md')]) {
  if (file === 'package-lock.json') continue;
  const text = readFileSync(`${root}/${file}`, 'utf8');
  if (/\.(h|cpp)$/.test(file)) {
    text.split('\n').forEach((line, index) => {
      if (/[^\x00-\x7f]/.test(line)) problems.push(`${file}:${index + 1}: C++ sources are ASCII; write an escape instead`);
    });
  }
  if (text.length && !text.endsWith('\n')) problems.push(`${file}: the final newline is missing`);
}
for (const problem of problems) console.error(problem);
console.log(`format: ${sources.length} C++ files checked, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
