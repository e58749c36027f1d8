// The include rules of ARCHITECTURE.md as a table. Fails on any edge that is not listed.
import { readFileSync } from 'node:fs';
import { gitFiles, root } from './setup.mjs';

// folder -> folders it may include besides itself; the longest matching prefix names a file's layer.
const allowed = {
  'core/base': [],
  'core/http': ['core/base'],
  'core/markdown': ['core/base'],
  'core/scenario': ['core/base'],
  'core/auth': ['core/base'],
  'core/redact': ['core/base'],
  'core/git': ['core/base'],
  'core/twin/github/model': ['core/base', 'core/git'],
  'core/twin/github/rest': ['core/base', 'core/git', 'core/http', 'core/auth', 'core/markdown', 'core/twin/github/model'],
  'core/twin/session': ['core/base', 'core/http', 'core/auth', 'core/redact', 'core/twin/github/model', 'core/twin/github/rest'],
  'core/criteria': ['core/base', 'core/scenario'],
  'core/eval': ['core/base', 'core/scenario', 'core/criteria'],
  'core/judge': ['core/base', 'core/scenario', 'core/criteria', 'core/eval'],
  'core/trials': ['core/base', 'core/scenario', 'core/eval'],
  'core/report': ['core/base', 'core/scenario', 'core/criteria', 'core/eval', 'core/judge', 'core/git'],
  'core/proof': ['core/base', 'core/http', 'core/scenario', 'core/eval', 'core/twin/session'],
  'core/control': ['core/base', 'core/http', 'core/scenario', 'core/auth', 'core/redact', 'core/eval', 'core/twin/session'],
  wasm: ['core'],
  'tools/system': ['core/base'],
  'tools/server': ['core', 'tools/system'],
  'tools/cli': ['core', 'tools/system', 'tools/server'],
  'tools/vocabulary': ['core'],
  tests: ['core', 'tools', 'wasm'],
};

// Headers that belong to one place only.
const confined = [
  { header: /^md4c\.h$/, only: /^core\/(scenario\/markdown|markdown\/html)\.cpp$/ },
  { header: /^nlohmann\//, only: /^core\/base\/json(_fwd)?\.h$/ },
  { header: /^emscripten/, only: /^wasm\/bindings\.cpp$/ },
  { header: /^boost\//, only: /^(tools\/server\/|tests\/bench\/)/ },
  { header: /^curl\//, only: /^tools\/cli\/http_client\.cpp$/ },
  { header: /^sqlite3\.h$/, only: /^tools\/server\/sqlite/ },
  { header: /^(thread|mutex|atomic|condition_variable|future|regex|iostream|fstream|filesystem|chrono|random|ctime|cstdlib|unistd\.h|sys\/.*)$/,
    only: /^(?!core\/)/ },
];

function layerOf(path) {
  return Object.keys(allowed).filter((layer) => path === layer || path.startsWith(`${layer}/`)).sort((a, b) => b.length - a.length)[0];
}

const problems = [];
let edges = 0;
for (const file of gitFiles('*.h', '*.cpp')) {
  const layer = layerOf(file);
  if (!layer) {
    problems.push(`${file}: no layer claims this file; add it to tools/dev/check-layers.mjs and ARCHITECTURE.md`);
    continue;
  }
  readFileSync(`${root}/${file}`, 'utf8').split('\n').forEach((line, index) => {
    const include = /^\s*#\s*include\s*(["<])([^">]+)[">]/.exec(line);
    if (!include) return;
    edges += 1;
    const [, quote, target] = include;
    const where = `${file}:${index + 1}`;
    if (quote === '"') {
      const targetLayer = layerOf(target);
      const permitted = targetLayer && (targetLayer === layer || allowed[layer].some((up) => targetLayer === up || targetLayer.startsWith(`${up}/`)));
      if (!permitted) problems.push(`${where}: ${layer} may not include ${target}`);
    }
    for (const rule of confined) {
      if (rule.header.test(target) && !rule.only.test(file)) problems.push(`${where}: <${target}> does not belong here`);
    }
  });
}
if (edges === 0) problems.push('no include was found: the check looked at nothing');
for (const problem of problems) console.error(problem);
console.log(`layers: ${edges} includes checked, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
