// Holds answers that the unit tests wrote against GitHub's OpenAPI description, without a network:
//   POME_DUMP_ANSWERS=/tmp/answers.ndjson github_rest_test && node tests/e2e/check_answers.mjs /tmp/answers.ndjson
import { readFileSync } from 'node:fs';
import { docsUrl, violations } from './support/openapi.mjs';

let wrong = 0;
let count = 0;
for (const line of readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean)) {
  const { operation, request, accept, status, type, body } = JSON.parse(line);
  if (type !== '' && !type.startsWith('application/json')) continue;  // files, diffs, logs, archives
  const data = body === '' ? undefined : JSON.parse(body);
  const media = accept.includes('object') ? 'application/vnd.github.object'
    : accept.includes('star') ? 'application/vnd.github.v3.star+json' : type;
  const found = violations(operation, status, data, media);
  if (status >= 400 && operation !== 'users/get-by-username' && data.documentation_url !== docsUrl(operation)) {
    found.push(`documentation_url ${data.documentation_url}, GitHub says ${docsUrl(operation)}`);
  }
  count += 1;
  wrong += found.length;
  if (found.length > 0) console.log(`${operation} ${status} (${request})\n  ${found.slice(0, 12).join('\n  ')}`);
}
console.log(`${count} answers, ${wrong} violations`);
process.exitCode = wrong === 0 && count > 0 ? 0 : 1;
