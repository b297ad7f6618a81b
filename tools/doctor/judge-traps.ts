import { objectAt, type JsonObject } from '../lib/json.ts';
import { countIndexChanges, mostIndexChanges } from '../report/pull-request/index-changes.ts';
import { environmentBytes, limits } from '../report/pull-request/limits.ts';
import { blocksOf } from '../report/pull-request/templates.ts';
import { Failure } from '../lib/failure.ts';
import { notChecked, verdict, type Finding } from './finding.ts';
import type { TrapFiles } from './read-traps.ts';
import { starsWithoutReason } from './stars-without-reason.ts';

/** What deploys stumble over though it looks right, each with what to do; without asking anybody. */
export function judgeTraps(files: TrapFiles): Finding[] {
  return [packageFiles(files), published(files), environments(files), indexes(files), stars(files), retention(files)];
}

/** `sam build` in source runs `npm install --omit=dev` where it finds one beside a handler. */
function packageFiles({ packageFiles: found }: TrapFiles): Finding {
  return verdict(
    'One package.json',
    sentence(found),
    'Move its packages into the one of the root, and delete it: sam build would install there, into your tree.',
  );
}

/** SAM publishes a version for an alias alone, and for a hash that is written by hand only when somebody changes that. */
function published(files: TrapFiles): Finding {
  const wrong = functionsOf(files).flatMap(([at, block]) => {
    const { AutoPublishAlias, AutoPublishCodeSha256 } = objectAt(block, 'Properties');
    if (AutoPublishAlias === undefined) return [`${at} has no AutoPublishAlias`];
    return AutoPublishCodeSha256 === undefined ? [] : [`${at} has an AutoPublishCodeSha256 of its own`];
  });
  return verdict(
    'Each change of code or layer is published',
    sentence(wrong),
    'AutoPublishAlias: live, and nothing more: the deploy adds the hash of all that makes the function run.',
  );
}

function environments(files: TrapFiles): Finding {
  const wrong = functionsOf(files).flatMap(([at, block]) => {
    const bytes = environmentBytes(block);
    return bytes > limits.environment ? [`${at} has ${bytes} bytes`] : [];
  });
  return verdict(
    `Variables of a function in ${limits.environment} bytes`,
    sentence(wrong),
    'Read what is long at run time, from SSM or AppConfig (docs/guide, "Change configuration").',
  );
}

function indexes({ indexes: found }: TrapFiles): Finding {
  const check = 'One index of a table in a deploy';
  if (found instanceof Failure) return notChecked(check, found.problem);
  const wrong = found.flatMap((change) => {
    const count = countIndexChanges(change);
    return count > mostIndexChanges ? [`${change.table} takes ${count} updates`] : [];
  });
  return verdict(check, sentence(wrong), 'Deploy one index, then the next: one that changes is one less and one more.');
}

function stars({ texts }: TrapFiles): Finding {
  const wrong = Object.entries(texts).flatMap(([path, text]) =>
    starsWithoutReason(text).map((line) => `${path} says ${line.trim()}`),
  );
  return verdict(
    'Rights on everything have a reason',
    sentence(wrong),
    'Narrow it, or say why in a comment beside it.',
  );
}

function retention(files: TrapFiles): Finding {
  const wrong = everyBlock(files).flatMap(([at, block]) => {
    const properties = objectAt(block, 'Properties');
    if (block['Type'] === 'AWS::Logs::LogGroup')
      return properties['RetentionInDays'] === undefined ? [`${at} keeps its lines for ever`] : [];
    const own = objectAt(properties, 'LoggingConfig')['LogGroup'];
    return isFunction(block) && own === undefined ? [`${at} has no log group of the template`] : [];
  });
  return verdict(
    'Logs have an end',
    sentence(wrong),
    'Give each function a log group of the template, with RetentionInDays: one that Lambda makes keeps all for ever.',
  );
}

const isFunction = (block: JsonObject): boolean => block['Type'] === 'AWS::Serverless::Function';

const functionsOf = (files: TrapFiles): [string, JsonObject][] =>
  everyBlock(files).filter(([, block]) => isFunction(block));

/** Every resource of each stage, as `template.yaml Users of staging`. */
function everyBlock({ stages }: TrapFiles): [string, JsonObject][] {
  return Object.entries(stages).flatMap(([stage, templates]) =>
    [...blocksOf(templates)].map(([at, block]): [string, JsonObject] => [`${at} of ${stage}`, block]),
  );
}

/** Undefined where there is nothing to say. */
const sentence = (parts: readonly string[]): string | undefined =>
  parts.length === 0 ? undefined : `${parts.join(', ')}.`;
