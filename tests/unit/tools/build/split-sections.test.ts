import { splitSections } from '../../../../tools/build/split-sections.ts';

const sections = (bundle: string, paths: string[]): Record<string, string> =>
  Object.fromEntries(splitSections(bundle, paths));

describe('splitSections', () => {
  it('gives each file the lines below its path', () => {
    const bundle = '// a.ts\nlet a = 1;\nlet b = 2;\n\n// dir/b.ts\nlet c = 3;\n';

    expect(sections(bundle, ['a.ts', 'dir/b.ts'])).toEqual({
      'a.ts': 'let a = 1;\nlet b = 2;\n\n',
      'dir/b.ts': 'let c = 3;\n\n',
    });
  });

  it('leaves out what stands before the first file', () => {
    expect(sections('import "zod";\n// a.ts\nlet a;', ['a.ts'])).toEqual({ 'a.ts': 'let a;\n' });
  });

  it('leaves out a file of which nothing is left', () => {
    expect(sections('// a.ts\nlet a;', ['a.ts', 'b.ts'])).toEqual({ 'a.ts': 'let a;\n' });
  });

  it('takes a comment that names no file of the bundle for code', () => {
    expect(sections('// a.ts\n// other.ts\nlet a;', ['a.ts'])).toEqual({ 'a.ts': '// other.ts\nlet a;\n' });
  });

  it('joins the parts of a file that stands in two places', () => {
    expect(sections('// a.ts\n1\n// b.ts\n2\n// a.ts\n3', ['a.ts', 'b.ts'])).toEqual({
      'a.ts': '1\n3\n',
      'b.ts': '2\n',
    });
  });

  it('reads an indented path as code', () => {
    expect(sections('// a.ts\n  // b.ts\n', ['a.ts', 'b.ts'])).toEqual({ 'a.ts': '  // b.ts\n\n' });
  });
});
