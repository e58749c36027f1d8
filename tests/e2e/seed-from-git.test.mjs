// `pome seed from-git`: a repository made with the real git, imported, served, and compared with git through HTTP.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { finish, launch, scratch } from './support/programs.mjs';

const people = { GIT_AUTHOR_NAME: 'Zoë Author', GIT_AUTHOR_EMAIL: 'zoe@example.com', GIT_COMMITTER_NAME: 'Carl Committer', GIT_COMMITTER_EMAIL: 'carl@example.com' };
const clean = { PATH: process.env.PATH };
const binaryBytes = Buffer.from([0, 1, 2, 255, 254, 10, 13, 0, 200]);
const folder = mkdtempSync(`${tmpdir()}/pome-git-`);
const repository = join(folder, 'shop.git-work');
let minutes = 0;

function git(words, cwd = repository) {
  minutes += 1;
  const date = (offset) => `2026-03-01T10:${String(minutes % 60).padStart(2, '0')}:07${offset}`;
  const run = spawnSync('git', words, { cwd, encoding: 'buffer', env: { ...clean, ...people, HOME: folder, GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_DATE: date('+05:30'), GIT_COMMITTER_DATE: date('-0800') } });
  assert.equal(run.status, 0, `git ${words.join(' ')}: ${run.stderr}`);
  return run.stdout.toString('utf8').trimEnd();
}

function commit(message, files, removed = []) {
  for (const path of removed) git(['rm', '-q', '-r', path]);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(repository, path, '..'), { recursive: true });
    writeFileSync(join(repository, path), content);
  }
  git(['add', '-A']);
  git(['commit', '-q', '--allow-empty', '-m', message]);
}

before(() => {
  mkdirSync(repository);
  git(['init', '-q', '-b', 'trunk']);
  commit('Start\n\nWith a body\nof two lines.', { 'README.md': '# Shop\n', 'src/a.txt': 'one\ntwo\nthree\n', 'gone.txt': 'x\n', 'place': 'a file\n' });
  commit('Add a logo', { 'logo.bin': binaryBytes, 'umlaut/ä ö.txt': 'grüße\n' });
  git(['checkout', '-q', '-b', 'feature/x']);
  commit('Change the end', { 'src/a.txt': 'one\ntwo\n3\n' }, ['gone.txt']);
  symlinkSync('README.md', join(repository, 'link'));
  writeFileSync(join(repository, 'run.sh'), '#!/bin/sh\n', { mode: 0o755 });
  commit('A link and a script', {});
  git(['checkout', '-q', 'trunk']);
  commit('Change the start', { 'src/a.txt': 'eins\ntwo\nthree\n' });
  commit('A folder takes the place of a file', { 'place/inner.txt': 'inside\n' }, ['place']);
  git(['merge', '-q', '--no-ff', '-m', 'Merge feature/x', 'feature/x']);
  git(['tag', 'light', 'HEAD~1']);
  git(['tag', '-a', '-m', 'First release', 'v1.0']);
  git(['branch', 'same', 'feature/x']);
  commit('An empty commit on top', {});
});
after(() => rmSync(folder, { recursive: true, force: true }));

async function imported(t, ...flags) {
  const run = await finish(['seed', 'from-git', repository, '--owner', 'octo', '--name', 'shop', ...flags], { env: clean });
  assert.equal(run.code, 0, run.stderr);
  const file = join(scratch(t), 'seed.json');
  writeFileSync(file, run.stdout);
  const twin = await launch(t, ['twin', 'start', '--seed', file, '--port', '0'], { ready: 'POME_AUTH_TOKEN', env: clean, cwd: scratch(t) });
  const fetchIt = (path, accept) => fetch(`${twin.values.POME_GITHUB_REST_URL}/repos/octo/shop${path}`, { headers: { authorization: `Bearer ${twin.values.POME_AUTH_TOKEN}`, ...(accept && { accept }) } });
  return { stderr: run.stderr, get: async (path) => (await fetchIt(path)).json(), raw: async (path) => Buffer.from(await (await fetchIt(path, 'application/vnd.github.raw')).arrayBuffer()) };
}

test('branches, tags, commits and trees have the ids git gives them', async (t) => {
  const twin = await imported(t);
  assert.equal(twin.stderr, 'Imported 8 commits, 3 branches and 2 tags.\n');
  assert.equal((await twin.get('')).default_branch, 'trunk');
  const branches = Object.fromEntries((await twin.get('/branches')).map(({ name, commit: { sha } }) => [name, sha]));
  assert.deepEqual(branches, Object.fromEntries(['feature/x', 'same', 'trunk'].map((name) => [name, git(['rev-parse', name])])));
  assert.equal((await twin.get('/git/ref/tags/light')).object.sha, git(['rev-parse', 'light']));
  const tag = (await twin.get('/git/ref/tags/v1.0')).object;
  assert.deepEqual([tag.type, tag.sha], ['tag', git(['rev-parse', 'v1.0'])]);
  assert.equal((await twin.get(`/git/tags/${tag.sha}`)).tagger.name, 'Carl Committer');
  for (const name of ['trunk', 'feature/x']) {
    const shas = (await twin.get(`/commits?sha=${encodeURIComponent(name)}`)).map((one) => one.sha);
    assert.deepEqual(shas.sort(), git(['rev-list', name]).split('\n').sort());
    for (const sha of shas) {
      const shown = await twin.get(`/git/commits/${sha}`);
      assert.equal(shown.tree.sha, git(['rev-parse', `${sha}^{tree}`]));
      assert.deepEqual(shown.parents.map((parent) => parent.sha), git(['show', '-s', '--format=%P', sha]).split(' ').filter(Boolean));
      assert.equal(shown.message, git(['show', '-s', '--format=%B', sha]));
      assert.deepEqual([shown.author.name, shown.author.email, Date.parse(shown.author.date) / 1000], git(['show', '-s', '--format=%an%n%ae%n%at', sha]).split('\n').map((value, i) => (i === 2 ? Number(value) : value)));
    }
  }
});

test('files come byte for byte, links and modes included', async (t) => {
  const twin = await imported(t);
  assert.deepEqual(await twin.raw('/contents/logo.bin'), binaryBytes);
  assert.equal((await twin.raw('/contents/src/a.txt')).toString(), 'eins\ntwo\n3\n');
  assert.equal((await twin.raw(`/contents/${encodeURIComponent('umlaut')}/${encodeURIComponent('ä ö.txt')}`)).toString(), 'grüße\n');
  const { tree } = await twin.get('/git/trees/trunk?recursive=1');
  const files = tree.filter((one) => one.type !== 'tree').map(({ mode, type, sha, path }) => `${mode} ${type} ${sha}\t${path}`);
  assert.deepEqual(files, git(['-c', 'core.quotePath=false', 'ls-tree', '-r', 'trunk']).split('\n'));
  assert.ok(files.some((line) => line.startsWith('120000')) && files.some((line) => line.startsWith('100755')));
});

test('--max-commits takes the newest and says what it left out', async (t) => {
  const twin = await imported(t, '--max-commits', '2');
  assert.match(twin.stderr, /Imported 2 commits, 1 branch and 1 tag\./);
  assert.match(twin.stderr, /Older commits were left out/);
  assert.match(twin.stderr, /3 refs outside of these commits were left out\./);
  assert.match(twin.stderr, /3 commits and tags have another id in the twin than here\./);
  assert.equal((await twin.get('/commits')).length, 2);
  const { tree } = await twin.get('/git/trees/trunk');
  assert.deepEqual(tree.map((one) => one.sha), git(['ls-tree', '--format=%(objectname)', 'trunk']).split('\n'), 'the files are all there');
});

test('commits signed or encoded in git\'s own way keep their ids', async (t) => {
  const other = join(scratch(t), 'signed');
  mkdirSync(other);
  git(['init', '-q', '-b', 'main'], other);
  const tree = git(['write-tree'], other);
  const signature = 'gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQEzBAABCAAdFiEE\n -----END PGP SIGNATURE-----\n';
  const text = `tree ${tree}\nauthor A <a@example.com> 1770000000 +0000\ncommitter GitHub <noreply@github.com> 1770000000 +0100\n${signature}\nSigned\n`;
  writeFileSync(join(other, 'raw'), text);
  const sha = git(['hash-object', '-t', 'commit', '-w', 'raw'], other);
  git(['update-ref', 'refs/heads/main', sha], other);
  const run = await finish(['seed', 'from-git', other], { env: clean });
  assert.equal(run.stderr, 'Imported 1 commit, 1 branch and 0 tags.\n');
  assert.equal(JSON.parse(run.stdout).repositories[0].commits[0].headers, signature);
});

test('says in one sentence what is wrong', async (t) => {
  const empty = scratch(t);
  const bare = join(scratch(t), 'bare');
  git(['init', '-q', '--bare', bare], empty);
  const cases = [
    [[], 5, /PATH is required/],
    [[join(empty, 'nowhere')], 5, /There is no folder/],
    [['--', '--upload-pack=touch x'], 5, /There is no folder --upload-pack/],
    [[empty], 5, /is no repository that git can read/],
    [[bare], 5, /has no commits to import/],
    [[repository, '--owner', 'not a login'], 5, /cannot be a GitHub login/],
    [[repository, '--max-commits', '0'], 5, /--max-commits/],
  ];
  for (const [words, code, message] of cases) {
    const run = await finish(['seed', 'from-git', ...words], { env: { ...clean, GIT_CEILING_DIRECTORIES: tmpdir() } });
    assert.equal(run.code, code, run.stderr);
    assert.match(run.stderr, message);
    assert.equal(run.stderr.trimEnd().split('\n').length, 1, run.stderr);
    assert.equal(run.stdout, '');
  }
  const without = await finish(['seed', 'from-git', repository], { env: { PATH: empty } });
  assert.equal(without.code, 2);
  assert.match(without.stderr, /git cannot be started/);
  const large = join(scratch(t), 'large');
  mkdirSync(large);
  git(['init', '-q', '-b', 'main'], large);
  writeFileSync(join(large, 'big'), Buffer.alloc(33 << 20, 'x'));
  git(['add', '-A'], large);
  git(['commit', '-q', '-m', 'Big'], large);
  const run = await finish(['seed', 'from-git', large], { env: clean });
  assert.equal(run.code, 5);
  assert.match(run.stderr, /is too large to become a seed/);
});
