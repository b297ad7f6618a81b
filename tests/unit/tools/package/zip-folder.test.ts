import { spawnSync } from 'node:child_process';
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../../../tools/lib/json.ts';
import { readZip, zipFiles, zipFolder } from '../../../../tools/package/zip-folder.ts';
import { aFolder } from '../../../support/engine/a-folder.ts';

const files = { 'handler.js': 'the code', 'nodejs/node_modules/@shared/http/respond.js': 'shared code' };

describe('zipFolder', () => {
  it('gives the files back', () => {
    const read = Object.entries(readZip(zipFolder(aFolder(files))) ?? {});

    expect(Object.fromEntries(read.map(([path, bytes]) => [path, Buffer.from(bytes).toString()]))).toEqual(files);
  });

  it('gives the same bytes at another time, from another folder', () => {
    const later = aFolder(Object.fromEntries(Object.entries(files).reverse()));
    utimesSync(join(later, 'handler.js'), new Date('2031-05-05'), new Date('2031-05-05'));

    expect(sha256(zipFolder(later))).toBe(sha256(zipFolder(aFolder(files))));
  });

  it('gives the same bytes in another time zone', () => {
    const script = `
      import { createHash } from 'node:crypto';
      import { zipFolder } from ${JSON.stringify(join(__dirname, '../../../../tools/package/zip-folder.ts'))};
      process.stdout.write(createHash('sha256').update(zipFolder(process.argv[1])).digest('hex'));`;
    const inZone = (TZ: string): string =>
      spawnSync(process.execPath, ['--input-type=module', '--eval', script, aFolder(files)], {
        encoding: 'utf8',
        env: { ...process.env, TZ },
      }).stdout;

    expect(inZone('Pacific/Auckland')).toMatch(/^[0-9a-f]{64}$/);
    expect(inZone('Pacific/Auckland')).toBe(inZone('America/Los_Angeles'));
  });

  it('gives the same bytes as the same files do without a folder, in whatever order they come', () => {
    const inMemory = Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const);

    expect(sha256(zipFiles(inMemory.reverse()))).toBe(sha256(zipFolder(aFolder(files))));
  });

  it('lets everybody read what Lambda unpacks', () => {
    const zip = Buffer.from(zipFolder(aFolder({ 'handler.js': 'the code' })));
    const centralDirectory = zip.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'));

    expect(zip.readUInt32LE(centralDirectory + 38) >>> 16).toBe(0o100644);
  });
});

describe('readZip', () => {
  it('says nothing of what is no zip', () => {
    expect(readZip(Buffer.from('no zip'))).toBeUndefined();
  });
});
