import { describe, expect, it } from 'vitest';
import { projectFiles, read } from './project.ts';

const TEXT = /\.(ts|mts|mjs|js|json|ya?ml|md|lock|cff|txt|css|html|svg)$|(^|\/)[^.]+$|npmrc$|gitignore$/;

describe('nothing in the project is of one machine only', () => {
  it('the lock file holds no registry addresses', () => {
    expect(read('package-lock.json').match(/"resolved": "https?:[^"]*"/g) ?? []).toEqual([]);
  });

  it('the lock file holds the packages of every platform, not only of the one it was made on', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`${path}/node_modules/${name}`] && !packages[`node_modules/${name}`],
      ),
    );
    expect(missing).toEqual([]);
  });

  it('no file mentions a path of somebody’s machine', () => {
    const folders = ['work', 'tmp', 'home', 'root', 'Users', 'private'].join('|');
    const path = new RegExp(`(^|[^\\w.:/~%-])/(${folders})/\\w|\\.\\./shared\\b|[A-Z]:\\\\Users`, 'm');
    const found = projectFiles()
      .filter((file) => TEXT.test(file))
      .flatMap((file) => {
        const match = path.exec(read(file));
        return match ? [`${file}: ${match[0].trim()}`] : [];
      });
    expect(found).toEqual([]);
  });

  it('nothing is left to do in a comment', () => {
    const left = new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')}|${['X', 'X', 'X'].join('')})\\b`);
    expect(projectFiles().filter((file) => /\.(ts|mjs)$/.test(file) && left.test(read(file)))).toEqual([]);
  });
});
