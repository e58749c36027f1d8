// A real git repository in a temporary folder, and the engine's driver loaded with the same objects.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const driver = process.env.POME_GIT_PARITY ?? `${root}/build/gcc/tests/pome_git_parity`;

const environment = {
  PATH: process.env.PATH, HOME: '/nonexistent', LC_ALL: 'C', TZ: 'UTC', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'Committer', GIT_COMMITTER_EMAIL: 'c@example.com',
  GIT_AUTHOR_DATE: '1800000000 +0000', GIT_COMMITTER_DATE: '1800000000 +0000',
};

export const base64 = (value) => Buffer.from(value).toString('base64');
export const bytes = (value) => Buffer.from(value, 'base64');

export class Repository {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'pome-git-'));
    this.git(['init', '-q', '-b', 'main']);
  }

  /** Runs git; answers its standard output as bytes. `allowed` lists the exit codes that are not failures. */
  git(args, { input, allowed = [0] } = {}) {
    const done = spawnSync('git', args, { cwd: this.folder, env: environment, input, maxBuffer: 1 << 30 });
    assert.ok(allowed.includes(done.status), `git ${args.join(' ')}: exit ${done.status}: ${done.stderr}`);
    this.status = done.status;
    return done.stdout;
  }

  lines(args, options) {
    return this.git(args, options).toString('utf8').split('\n').filter((one) => one !== '');
  }

  /** Every object as {id, type, data}, parents before children; read once, so what git writes later is not among them. */
  objects() {
    this.known ??= this.readObjects();
    return this.known;
  }

  readObjects() {
    const all = this.git(['cat-file', '--batch-all-objects', '--batch', '--unordered']);
    const byId = new Map();
    for (let at = 0; at < all.length;) {
      const end = all.indexOf(10, at);
      const [id, type, size] = all.subarray(at, end).toString().split(' ');
      byId.set(id, { id, type, data: all.subarray(end + 1, end + 1 + Number(size)) });
      at = end + 2 + Number(size);
    }
    const commits = this.git(['rev-list', '--all', '--topo-order', '--reverse']).toString().split('\n').filter(Boolean);
    return [...[...byId.values()].filter((one) => one.type !== 'commit'), ...commits.map((id) => byId.get(id))];
  }

  /** The engine's answers to `queries`, with this repository's objects loaded. */
  ask(queries) {
    assert.ok(existsSync(driver), `${driver} is missing: build the target pome_git_parity`);
    const objects = this.objects();
    const loads = objects.map(({ type, data }) => ({ op: 'load', type, data: base64(data) }));
    const input = [...loads, ...queries].map((one) => JSON.stringify(one)).join('\n');
    const done = spawnSync(driver, [], { input, maxBuffer: 1 << 30 });
    assert.equal(done.status, 0, `the driver failed: ${done.signal ?? ''} ${done.stderr}`);
    const answers = done.stdout.toString('utf8').split('\n').slice(0, -1).map((one) => JSON.parse(one));
    assert.equal(answers.length, loads.length + queries.length);
    objects.forEach(({ id, type }, index) => assert.equal(answers[index], id, `${type} ${id} changed its id`));
    return answers.slice(objects.length);
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
