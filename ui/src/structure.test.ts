/** The shape of the source, machine-checked: imports go app → features → components → lib, files are small, text is text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = import.meta.dirname;
const layers = ['lib', 'components', 'features', 'app'];
const files = readdirSync(root, { recursive: true })
  .map(String)
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'));
const source = (name: string) => readFileSync(join(root, name), 'utf8');
const written = files.filter((name) => !name.includes('.test.'));

describe('structure', () => {
  it('imports only point down, and no feature knows another', () => {
    const wrong = written.flatMap((name) => {
      const [layer = '', feature] = name.split('/');
      return [...source(name).matchAll(/(?:from|import\()\s*'(@\/[^']+)'/g)].flatMap(([, path = '']) => {
        const [, target = '', other] = path.split('/');
        if (target === 'styles') return [];
        const up = layers.indexOf(target) > layers.indexOf(layer);
        const across = layer === 'features' && target === 'features' && other !== feature;
        return up || across ? [`${name} imports ${path}`] : [];
      });
    });
    expect(wrong).toEqual([]);
  });

  it('relative imports stay inside their folder', () => {
    const wrong = written.filter((name) => /from '\.\.\//.test(source(name)));
    expect(wrong).toEqual([]);
  });

  it('files are at most 250 lines, half of them at most 90', () => {
    const sizes = written.map((name) => source(name).split('\n').length).sort((a, b) => a - b);
    expect(sizes.at(-1)).toBeLessThanOrEqual(250);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(90);
  });

  it('no text is ever made HTML or code', () => {
    const wrong = written.filter((name) =>
      /dangerouslySetInnerHTML|innerHTML|\beval\(|new Function/.test(source(name)),
    );
    expect(wrong).toEqual([]);
  });
});
