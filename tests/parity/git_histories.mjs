// Pseudo-random repositories for the comparison with git: commits with branches, merges, renames, links, submodules,
// binary files and all kinds of edits, as one `git fast-import` stream. The same seed gives the same repository.

/** mulberry32: small, seeded, good enough. */
export function randomSource(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (count) => Math.floor(next() * count);
  return { next, below, chance: (share) => next() < share, pick: (list) => list[below(list.length)] };
}

const words = ['alpha', 'beta', 'gamma', 'delta', 'if (x) {', '}', '', '', 'return x;', '  call(a, b);', '\tindent', 'function f() {', '$var = 1', '_under', '  }', 'end', 'x', 'caf\u00e9 au lait', '    deep(', '# note'];

function line(random) {
  const start = random.pick(words);
  return random.chance(0.45) ? start : `${start} ${random.below(random.chance(0.5) ? 6 : 400)}`;
}

function freshLines(random, least, most) {
  return Array.from({ length: least + random.below(most - least + 1) }, () => line(random));
}

/** Changes a few places of a list of lines: removes, adds, replaces, moves, repeats. */
function editLines(random, lines, places) {
  const out = [...lines];
  for (let i = 0; i < places; i += 1) {
    const at = random.below(out.length + 1);
    const size = 1 + random.below(random.chance(0.8) ? 3 : 9);
    switch (random.below(6)) {
      case 0: out.splice(at, size); break;
      case 1: out.splice(at, 0, ...freshLines(random, 1, size)); break;
      case 2: out.splice(at, size, ...freshLines(random, 1, size)); break;
      case 3: out.splice(random.below(out.length + 1), 0, ...out.splice(at, size)); break;
      case 4: out.splice(at, 0, ...out.slice(at, at + size)); break;
      default: if (at < out.length) out[at] = `${out[at]}${random.pick([';', ' ', '!', ''])}`;
    }
  }
  return out;
}

const text = (lines, ending = '\n') => Buffer.from(lines.map((one) => one + ending).join(''));
const linesOf = (content) => content.toString('utf8').split('\n').slice(0, -1).map((one) => one.replace(/\r$/, ''));

function newFile(random, options) {
  const kind = random.below(20);
  if (kind === 0) return { mode: '120000', content: Buffer.from(random.pick(['a.txt', '../x', 'src/main.c'])) };
  if (kind === 1 && !options.plain) return { mode: '160000', id: `${random.below(1e9)}`.padStart(40, '7') };
  if (kind === 2 && !options.textOnly) return { mode: '100644', content: Buffer.from([0, 1, 2, random.below(256), 10, random.below(256), 10]) };
  if (kind === 3) return { mode: '100644', content: Buffer.alloc(0) };
  if (kind === 4 && options.unfinished) return { mode: '100644', content: Buffer.from(text(freshLines(random, 1, 8)).subarray(0, -1)) };
  if (kind === 5) return { mode: '100644', content: text(freshLines(random, 3, 12), '\r\n') };
  return { mode: random.chance(0.1) ? '100755' : '100644', content: text(freshLines(random, 1, random.chance(0.2) ? options.lines ?? 60 : 25)) };
}

function editFile(random, file, options) {
  if (file.mode === '160000') return { mode: '160000', id: `${random.below(1e9)}`.padStart(40, '8') };
  if (file.mode === '120000') return { ...file, content: Buffer.from(`t${random.below(50)}`) };
  if (file.content.includes(0)) return { ...file, content: Buffer.concat([file.content, Buffer.from([random.below(256)])]) };
  if (random.chance(0.06)) return { ...file, mode: file.mode === '100644' ? '100755' : '100644' };
  const ending = file.content.includes('\r\n') ? '\r\n' : '\n';
  let content = text(editLines(random, linesOf(file.content), 1 + random.below(options.places)), ending);
  if (options.unfinished && random.chance(0.1)) content = content.subarray(0, -1);
  return { ...file, content };
}

const authors = ['A Name <a@example.com>', 'Dr. Dot <d@example.com>', 'Zo\u00eb <z@example.com>', 'A "quoted" one <q@example.com>', 'Someone With A Really Very Long Name Indeed That Goes On <long.address.of.someone@a.long.host.example.com>'];
const messages = ['Short\n', 'Title\nsecond line of the title\n\nBody.\n\n\nMore body.  \n', `${'A long subject with many words '.repeat(5)}\n`, 'Caf\u00e9 au lait, une longue ligne qui d\u00e9passe la largeur permise dans un en-t\u00eate\n', 'Plain\n\nBody with caf\u00e9\n', '\n\nBlank lines first\n\n', 'No newline at the end', 'Odd =?utf-8?q? subject_with = and ?\n', `${'Unbroken'.repeat(15)} tail\n`];

const folders = ['', '', 'src/', 'src/', 'lib/', 'src/deep/', 'docs/a b/', 'src-x/'];
const names = ['a.txt', 'b.txt', 'main.c', 'README', 'x', 'y', 'z.md', 'index.ts', 'long name.txt', 'quo"te', 'caf\u00e9'];

function freePath(random, files, options) {
  for (;;) {
    const long = options.longPaths && random.chance(0.3) ? `${'long-folder-name/'.repeat(1 + random.below(12))}${'n'.repeat(random.below(120))}` : '';
    const path = long + `${random.pick(folders)}${random.chance(0.3) ? `${random.below(40)}-` : ''}${random.pick(names)}`;
    if (!files.has(path) && ![...files.keys()].some((one) => one.startsWith(`${path}/`) || path.startsWith(`${one}/`))) return path;
  }
}

/** Moves a folder, or most of its files, elsewhere. */
function moveFolder(random, files, options) {
  const from = random.pick(folders.filter((one) => one !== ''));
  const to = random.pick([`moved-${random.below(4)}/`, 'lib/', 'src/inner/', '']);
  for (const path of [...files.keys()].filter((one) => one.startsWith(from))) {
    const target = to + path.slice(from.length);
    if (files.has(target) || [...files.keys()].some((one) => one.startsWith(`${target}/`) || target.startsWith(`${one}/`))) continue;
    if (random.chance(0.1)) continue;
    const file = files.get(path);
    files.delete(path);
    files.set(target, random.chance(0.7) ? file : editFile(random, file, options));
  }
}

/** One commit's worth of changes to a map of path -> file. */
function changeFiles(random, files, options) {
  const count = 1 + random.below(options.changes);
  if (options.folders && random.chance(options.folders)) moveFolder(random, files, options);
  for (let i = 0; i < count; i += 1) {
    const path = files.size ? random.pick([...files.keys()]) : undefined;
    const action = files.size < 4 ? 0 : random.below(20);
    if (action < 4) files.set(freePath(random, files, options), newFile(random, options));
    else if (action < 13) files.set(path, editFile(random, files.get(path), options));
    else if (action < 15) files.delete(path);
    else if (action < 18 && options.renames) {
      const file = files.get(path);
      files.delete(path);
      files.set(freePath(random, files, options), random.chance(0.5) ? file : editFile(random, file, options));
    } else if (action === 18 && options.kinds) files.set(path, newFile(random, options));
    else if (action === 19 && options.kinds) {
      files.delete(path);
      files.set(`${path}/${random.pick(names)}`, newFile(random, options));
    }
  }
}

/** Takes each path from either side, so that merges have trees of their own. */
function mixFiles(random, a, b) {
  const files = new Map();
  for (const path of new Set([...a.keys(), ...b.keys()])) {
    const file = random.chance(0.5) ? (a.get(path) ?? b.get(path)) : b.get(path);
    if (file && ![...files.keys()].some((one) => one.startsWith(`${path}/`) || path.startsWith(`${one}/`))) files.set(path, file);
  }
  return files;
}

/**
 * A history of `count` commits as a fast-import stream with a branch b<N> at every commit N (from 1).
 * `options`: changes and places bound the size of a commit; renames, kinds (files becoming folders, links ...) and
 * unfinished (files without a last newline) allow them; folders is the share of commits that move a folder; lines is the
 * length of long files; plain leaves submodules out, textOnly binary files; longPaths and messages make odd ones; skew lets dates run backwards; merges is the share of merges; follow how
 * often a commit stands on the one before instead of on another recent one.
 */
export function randomHistory(seed, count, options) {
  const random = randomSource(seed);
  const stream = [];
  const commits = [];
  let time = 1700000000;
  for (let number = 1; number <= count; number += 1) {
    const old = random.chance(options.follow ?? 0.6) ? commits.at(-1) : random.pick(commits.slice(-options.width));
    const merged = old && random.chance(options.merges) ? random.pick(commits.slice(-options.width)) : undefined;
    const parents = old ? (merged && merged !== old ? [old, merged] : [old]) : [];
    const files = parents.length === 2 ? mixFiles(random, old.files, merged.files) : new Map(old?.files);
    if (parents.length < 2 || random.chance(0.3)) changeFiles(random, files, number === 1 ? { ...options, changes: 25 } : options);
    time += options.skew && random.chance(0.15) ? -random.below(300) : random.below(3) * 30;
    const commit = { number, parents, files, time };
    commits.push(commit);
    stream.push(Buffer.from(`commit refs/heads/b${number}\nmark :${number}\n`
      + `author ${options.messages ? random.pick(authors) : `A ${number} <a@example.com>`} ${time - 7} +0130\ncommitter C D <c@example.com> ${time} -0700\n`));
    const message = Buffer.from(options.messages ? random.pick(messages) : `Commit ${number}\n\nBody.\n`);
    stream.push(Buffer.from(`data ${message.length}\n`), message, Buffer.from('\n'));
    parents.forEach((parent, index) => stream.push(Buffer.from(`${index ? 'merge' : 'from'} :${parent.number}\n`)));
    stream.push(Buffer.from('deleteall\n'));
    for (const [path, file] of files) {
      const quoted = `"${path.replace(/["\\]/g, (c) => `\\${c}`)}"`;
      if (file.id) stream.push(Buffer.from(`M 160000 ${file.id} ${quoted}\n`));
      else stream.push(Buffer.from(`M ${file.mode} inline ${quoted}\ndata ${file.content.length}\n`), file.content, Buffer.from('\n'));
    }
    stream.push(Buffer.from('\n'));
  }
  return { stream: Buffer.concat(stream), commits };
}
