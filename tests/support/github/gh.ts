// A stand-in for the GitHub CLI, as a program: the repository is a JSON file, named in GH_STATE.
import { readFileSync, writeFileSync } from 'node:fs';
import { answerGh } from './answer-gh.ts';
import type { FakeRepository } from './fake-repository.ts';

const file = process.env['GH_STATE'] ?? '';
const state = JSON.parse(readFileSync(file, 'utf8')) as FakeRepository;
const { code, stdout, stderr } = answerGh(state, process.argv.slice(2));
// What only reads leaves the file alone: several may read at once.
if (JSON.stringify(state) !== readFileSync(file, 'utf8')) writeFileSync(file, JSON.stringify(state));
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;
