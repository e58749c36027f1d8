// The git engine against the real git: pseudo-random repositories, the same questions to both, equal answers.
// POME_GIT_PARITY names the engine's driver (tests/parity/git_driver.cpp); by default the g++ preset's.
// What the generator leaves out on purpose: edited renames of files without a last newline (git before 2.44 does not
// count that line) and ranges over histories whose dates run backwards (git's own answer is wrong there).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { randomHistory, randomSource } from '../parity/git_histories.mjs';
import { base64, bytes, Repository } from '../parity/git_repository.mjs';

const text = (value) => bytes(value).toString('latin1');
const usual = { changes: 4, places: 3, renames: true, kinds: true, folders: 0.1, merges: 0.25, width: 8 };

let cases = 0;
const merged = { clean: 0, conflicted: 0 };
after(() => console.log(`${cases} answers compared with git, ${merged.clean} clean and ${merged.conflicted} conflicting merges`));

const version = spawnSync('git', ['--version'], { encoding: 'utf8' }).stdout.match(/(\d+)\.(\d+)/).slice(1).map(Number);
assert.ok(version[0] > 2 || version[1] >= 39, 'this test asks git 2.39 or later');

/** Compares one answer; `what` is only made on failure. */
function same(actual, expected, what) {
  cases += 1;
  assert.deepEqual(actual, expected, what);
}

function inRepository(seed, count, options, use) {
  const repository = new Repository();
  try {
    const { stream, commits } = randomHistory(seed, count, options);
    repository.git(['fast-import', '--quiet'], { input: stream });
    const names = commits.map((one) => `b${one.number}`);
    const ids = repository.lines(['rev-parse', ...names]);
    const trees = repository.lines(['rev-parse', ...names.map((one) => `${one}^{tree}`)]);
    repository.objects();
    use({ repository, commits, ids, trees, random: randomSource(seed + 1e6) });
  } finally {
    repository.remove();
  }
}

/** The parts of `git diff-tree --stdin` output, which repeats each pair before its answer. */
function diffTree(repository, pairs, options) {
  const heads = pairs.map((pair) => `${pair.join(' ')}\n`);
  const all = repository.git(['diff-tree', '--stdin', '-r', '-M', ...options], { input: heads.join('') }).toString('latin1');
  let at = 0;
  return heads.map((head, index) => {
    assert.ok(all.startsWith(head, at));
    at += head.length;
    const end = index + 1 < heads.length ? all.indexOf(heads[index + 1], at) : all.length;
    const part = all.slice(at, end);
    at = end;
    return part;
  });
}

function compareDiffs(seed, count, options) {
  inRepository(seed, count, options, ({ repository, trees, random }) => {
    const neighbours = trees.slice(1).map((tree, index) => [trees[index], tree]);
    const pairs = [...neighbours, ...neighbours.map(() => [random.pick(trees), random.pick(trees)])];
    const patches = diffTree(repository, pairs, ['-p', '--full-index']);
    const statuses = diffTree(repository, pairs, ['--name-status', '-z']);
    const numbers = diffTree(repository, pairs, ['--numstat', '-z']);
    const answers = repository.ask(pairs.map(([from, to]) => ({ op: 'diff', from, to })));
    answers.forEach(({ files, text: patch }, index) => {
      const what = `seed ${seed}, ${pairs[index].join(' ')}`;
      same(text(patch), patches[index], what);
      same(files.map((one) => (one.status === 'R' ? `R${`${one.similarity}`.padStart(3, '0')}\0${text(one.previous)}\0${text(one.path)}\0` : `${one.status}\0${text(one.path)}\0`)).join(''), statuses[index], what);
      const number = (value) => (value < 0 ? '-' : value);
      same(files.map((one) => `${number(one.additions)}\t${number(one.deletions)}\t${one.status === 'R' ? `\0${text(one.previous)}\0` : ''}${text(one.path)}\0`).join(''), numbers[index], what);
    });
  });
}

test('diffs of small changes, moves and changed kinds', () => [1, 2, 3, 4].forEach((seed) => compareDiffs(seed, 70, usual)));
test('diffs of files without a last newline', () => [11, 12].forEach((seed) => compareDiffs(seed, 60, { ...usual, renames: false, folders: 0, unfinished: true })));
test('diffs of long, heavily edited files', () => [21, 22].forEach((seed) => compareDiffs(seed, 25, { ...usual, kinds: false, lines: 2500, places: 200 })));

/** `git merge-tree` for many pairs: {clean, tree, names} each, or undefined where git itself gives up. */
function mergeTrees(repository, pairs, setting) {
  const run = (some) => repository.git(['-c', `merge.directoryRenames=${setting}`, 'merge-tree', '--write-tree', '--stdin', '-z', '--name-only', '--allow-unrelated-histories', '--no-messages'],
    { input: some.map((pair) => `${pair.join(' ')}\n`).join(''), allowed: [0, 1, null] });
  const parse = (output) => {
    const fields = output.toString('latin1').split('\0');
    const results = [];
    for (let at = 0; at < fields.length - 1; at += 1) {
      const result = { clean: fields[at++] === '1', tree: fields[at++], names: [] };
      while (fields[at] !== '') result.names.push(fields[at++]);
      result.names = [...new Set(result.names)];
      results.push(result);
    }
    return results;
  };
  const together = parse(run(pairs));
  if (together.length === pairs.length) return together;
  return pairs.map((pair) => parse(run([pair]))[0]);
}

function compareMerges(seed, count, options, merges) {
  inRepository(seed, count, options, ({ repository, ids, random }) => {
    const pairs = Array.from({ length: merges }, () => [random.pick(ids), random.pick(ids)]).filter(([a, b]) => a !== b);
    for (const setting of ['false', 'conflict']) {
      const expected = mergeTrees(repository, pairs, setting);
      const answers = repository.ask(pairs.map(([ours, theirs]) => ({ op: 'merge', ours, theirs, folder_renames: setting === 'conflict' })));
      answers.forEach(({ tree, conflicts }, index) => {
        const git = expected[index];
        if (!git) return;
        const what = `seed ${seed}, ${pairs[index].join(' ')}, merge.directoryRenames=${setting}`;
        merged[git.clean ? 'clean' : 'conflicted'] += 1;
        same(conflicts.length === 0, git.clean, what);
        // A folder renamed on the other side: git also moves the file, the engine only reports it.
        if (setting === 'conflict' && !git.clean) return;
        same(tree, git.tree, what);
        same([...new Set(conflicts.map((one) => text(one.path)))], git.names, what);
      });
    }
  });
}

test('merges', () => [31, 32, 33, 34, 35].forEach((seed) => compareMerges(seed, 60, usual, 130)));
test('merges over several bases', () => [41, 42, 43].forEach((seed) => compareMerges(seed, 80, { ...usual, merges: 0.4, width: 8, follow: 0.1, changes: 2 }, 120)));
test('merges with moved folders', () => [51, 52, 53].forEach((seed) => compareMerges(seed, 60, { ...usual, kinds: false, folders: 0.5, changes: 3 }, 120)));
test('merges of long files', () => compareMerges(61, 25, { ...usual, kinds: false, lines: 1500, places: 60 }, 60));

test('merge bases, ancestry and distance, whatever the dates', () => {
  let severalBases = 0;
  for (const [seed, skew] of [[71, false], [72, true]]) {
    inRepository(seed, 120, { ...usual, changes: 1, merges: 0.4, width: 8, follow: 0.1, skew }, ({ repository, ids, random }) => {
      const sets = new Map();
      const reached = (id) => {
        if (!sets.has(id)) sets.set(id, new Set(repository.lines(['rev-list', id])));
        return sets.get(id);
      };
      const near = random.below(ids.length - 15); // neighbours on crossing branches have several bases
      const pairs = Array.from({ length: 140 }, (_, index) => (index % 2 ? [random.pick(ids), random.pick(ids)] : [random.pick(ids.slice(near, near + 15)), random.pick(ids.slice(near, near + 15))]));
      const answers = repository.ask(pairs.flatMap(([a, b]) => [{ op: 'merge_bases', a, b }, { op: 'divergence', base: a, head: b }, { op: 'is_ancestor', a, b }]));
      pairs.forEach(([a, b], index) => {
        const what = `seed ${seed}, ${a} ${b}`;
        const bases = repository.lines(['merge-base', '--all', a, b], { allowed: [0, 1] });
        if (bases.length > 1) severalBases += 1;
        same(answers[3 * index], bases, what);
        // From whole histories: over ranges git goes by date and counts too much when dates run backwards.
        const [left, right] = [reached(a), reached(b)];
        same(answers[3 * index + 1], [left, right].map((one, side) => [...one].filter((id) => !(side ? left : right).has(id)).length), what);
        same(answers[3 * index + 2], right.has(a), what);
      });
    });
  }
  assert.ok(severalBases > 10, `${severalBases} pairs with several merge bases`);
});

test('the order and the paths of histories', () => {
  for (const [seed, skew] of [[81, false], [82, true]]) {
    inRepository(seed, 120, { ...usual, changes: 2, merges: 0.35, width: 6, skew }, ({ repository, commits, ids, random }) => {
      const questions = Array.from({ length: 120 }, () => {
        const heads = [random.pick(ids), ...(random.chance(0.3) ? [random.pick(ids)] : [])];
        const range = !skew && random.chance(0.4);
        let path = range || random.chance(0.2) ? '' : random.pick([...random.pick(commits).files.keys()]);
        if (random.chance(0.3)) path = path.slice(0, Math.max(path.indexOf('/'), 0));
        return { op: 'history', heads, exclude: range ? [random.pick(ids)] : [], path: base64(path), first_parent: random.chance(0.2) };
      });
      repository.ask(questions).forEach((answer, index) => {
        const { heads, exclude, path, first_parent: first } = questions[index];
        const file = bytes(path).toString();
        same(answer, repository.lines(['rev-list', ...(first ? ['--first-parent'] : []), ...heads, ...exclude.map((one) => `^${one}`), '--', ...(file ? [file] : [])]), `seed ${seed}, ${JSON.stringify(questions[index])}`);
      });
      if (skew) return;
      const ranges = Array.from({ length: 60 }, () => ({ op: 'between', base: random.pick(ids), head: random.pick(ids) }));
      repository.ask(ranges).forEach((answer, index) => same(answer, repository.lines(['rev-list', '--reverse', '--topo-order', `${ranges[index].base}..${ranges[index].head}`]), JSON.stringify(ranges[index])));
    });
  }
});

test('rebases', () => {
  inRepository(91, 40, { ...usual, kinds: false, folders: 0, merges: 0, width: 12, changes: 2, plain: true }, ({ repository, ids, random }) => {
    const pairs = Array.from({ length: 25 }, () => [random.pick(ids), random.pick(ids)]).filter(([a, b]) => a !== b);
    const answers = repository.ask(pairs.map(([onto, head]) => ({ op: 'rebase', onto, head, name: 'Committer', email: 'c@example.com', time: 1800000000 })));
    repository.git(['checkout', '-q', '--detach', ids[0]]);
    pairs.forEach(([onto, head], index) => {
      repository.git(['checkout', '-q', '-f', '--detach', head]);
      repository.git(['rebase', '-q', '--no-ff', '--reapply-cherry-picks', onto], { allowed: [0, 1] });
      const clean = repository.status === 0;
      same(answers[index].clean, clean, `${onto} ${head}`);
      if (clean) {
        same(answers[index].tip, repository.lines(['rev-parse', 'HEAD'])[0], `${onto} ${head}`);
      } else {
        same(answers[index].stopped, repository.lines(['rev-parse', 'REBASE_HEAD'])[0], `${onto} ${head}`);
        repository.git(['rebase', '--abort']);
      }
    });
  });
});

test('edited trees', () => {
  inRepository(101, 30, { ...usual, plain: true }, ({ repository, commits, trees, random }) => {
    const blobs = repository.objects().filter((one) => one.type === 'blob').map((one) => one.id);
    const questions = Array.from({ length: 60 }, () => {
      const at = random.below(commits.length);
      const known = [...commits[at].files.keys()];
      const changes = new Map();
      for (let i = random.below(6); i >= 0; i -= 1) {
        const path = random.chance(0.6) && known.length ? random.pick(known) : `${random.pick(['src/', 'new/deep/', '', 'lib/'])}${random.pick(['p', 'q', 'r'])}`;
        const exists = known.includes(path);
        changes.set(path, exists && random.chance(0.5) ? { path: base64(path), remove: true } : { path: base64(path), mode: random.pick(['100644', '100755', '120000']), id: random.pick(blobs) });
      }
      return { op: 'edit', base: trees[at], changes: [...changes.values()] };
    });
    repository.ask(questions).forEach((answer, index) => {
      const { base, changes } = questions[index];
      repository.git(['read-tree', base]);
      const lines = changes.map((one) => (one.remove ? `0 ${'0'.repeat(40)}` : `${one.mode} ${one.id} 0`) + `\t${bytes(one.path)}\0`);
      repository.git(['update-index', '--replace', '-z', '--index-info'], { input: lines.join('') });
      same(answer, repository.lines(['write-tree'])[0], JSON.stringify(questions[index]));
    });
  });
});

test('tags, signed commits and odd objects keep their ids', () => {
  inRepository(111, 6, usual, ({ repository, ids, trees }) => {
    const person = 'P Q <p@example.com> 1700000000 -0330';
    const payloads = [
      ['commit', `tree ${trees[0]}\nparent ${ids[0]}\nauthor ${person}\ncommitter ${person}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n abc\n -----END PGP SIGNATURE-----\nencoding ISO-8859-1\n\nsigned\n`],
      ['commit', `tree ${trees[1]}\nauthor ${person}\ncommitter ${person}\n\n`],
      ['commit', `tree ${trees[1]}\nauthor  <> 0 +0000\ncommitter  <> 0 +0000\n\nno name`],
      ['tag', `object ${ids[1]}\ntype commit\ntag v1\ntagger ${person}\n\nmessage\n`],
      ['tag', `object ${trees[1]}\ntype tree\ntag tree-tag\ntagger ${person}\n\nmessage\n-----BEGIN PGP SIGNATURE-----\nabc\n-----END PGP SIGNATURE-----\n`],
    ];
    const expected = payloads.map(([type, data]) => repository.lines(['hash-object', '-t', type, '--stdin', '--literally'], { input: data })[0]);
    repository.ask(payloads.map(([type, data]) => ({ op: 'load', type, data: base64(data) }))).forEach((answer, index) => same(answer, expected[index], payloads[index][1]));
    repository.git(['tag', '-a', '-m', 'An annotated tag', 'v2', ids[2]]);
    const tag = repository.git(['cat-file', 'tag', 'v2']);
    same(repository.ask([{ op: 'load', type: 'tag', data: base64(tag) }])[0], repository.lines(['rev-parse', 'v2'])[0]);
  });
});

test('patches by mail', () => {
  for (const seed of [121, 122]) {
    inRepository(seed, 60, { ...usual, merges: 0, width: 1, messages: true, textOnly: true }, ({ repository, ids }) => {
      const expected = repository.git(['format-patch', '--stdout', '--root', '--full-index', '--signature=2.39.5', `b${ids.length}`]).toString('latin1');
      const split = (mails) => mails.split(/^(?=From [0-9a-f]{40} Mon Sep 17)/m);
      const mails = split(text(repository.ask([{ op: 'mail', commits: ids }])[0]));
      split(expected).forEach((mail, index) => same(mails[index], mail, `seed ${seed}`));
    });
  }
  // Binary patches are not compressed, so they are applied instead of compared.
  inRepository(123, 40, { ...usual, merges: 0, width: 1, plain: true }, ({ repository, commits, ids, trees }) => {
    repository.ask(ids.map((id) => ({ op: 'mail', commits: [id] }))).forEach((mail, index) => {
      if (index > 0 && trees[index] === trees[index - 1]) return;
      repository.git(['read-tree', index > 0 ? trees[index - 1] : '--empty']);
      repository.git(['apply', '--cached', '--whitespace=nowarn'], { input: bytes(mail) });
      same(repository.lines(['write-tree'])[0], trees[index], `commit ${commits[index].number}`);
    });
  });
});

test('archives', () => {
  inRepository(131, 12, { ...usual, longPaths: true }, ({ repository, commits, ids }) => {
    const questions = ids.flatMap((commit) => ['tar', 'tgz', 'zip'].map((format) => ({ op: 'archive', commit, format, prefix: 'repo-1a2b' })));
    const answers = repository.ask(questions).map(bytes);
    ids.forEach((id, index) => {
      const [tar, tgz] = answers.slice(3 * index);
      const expected = repository.git(['archive', '--format=tar', '--prefix=repo-1a2b/', id]);
      same(tar.equals(expected), true, `tar of ${id}`);
      same(gunzipSync(tgz).equals(tar), true, `gzip of ${id}`);
    });
    const last = commits.at(-1);
    [['tgz', ['tar', '-xzf']], ['zip', ['unzip', '-q']]].forEach(([kind, [program, option]], index) => {
      const folder = join(repository.folder, `out-${kind}`);
      mkdirSync(folder);
      writeFileSync(join(folder, kind), answers.at(index - 2));
      const done = spawnSync(program, [option, kind], { cwd: folder });
      if (done.error?.code === 'ENOENT') return;
      same(done.status, 0, `${done.stderr}`);
      for (const [path, file] of last.files) {
        if (file.id || (kind === 'zip' && file.mode === '120000')) continue;
        const target = join(folder, 'repo-1a2b', path);
        same(file.mode === '120000' ? Buffer.from(readlinkSync(target)) : readFileSync(target), file.content, path);
      }
    });
  });
});

test('names of branches', () => {
  const random = randomSource(141);
  const parts = ['a', 'b1', '.', '..', '/', '-', '@', '{', '.lock', ' ', '~', '^', ':', '?', '*', '[', '\\', '\u00e9', '\x7f', '\x01', '//', 'lock', '@{'];
  const names = [...new Set(Array.from({ length: 250 }, () => Array.from({ length: 1 + random.below(4) }, () => random.pick(parts)).join('')))].filter((name) => name !== '@'); // "@" stands for HEAD
  const repository = new Repository();
  try {
    repository.ask(names.map((name) => ({ op: 'ref_name', name: base64(name) }))).forEach((answer, index) => {
      repository.git(['check-ref-format', '--branch', names[index]], { allowed: [0, 1, 128, 129] });
      same(answer, repository.status === 0, JSON.stringify(names[index]));
    });
  } finally {
    repository.remove();
  }
});

test('the questions were worth asking', () => {
  assert.ok(merged.clean > 500 && merged.conflicted > 300, JSON.stringify(merged));
  assert.ok(cases > 10000, `${cases} cases`);
});
