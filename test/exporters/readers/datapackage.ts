import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Package } from 'datapackage';
import type { Reader } from './index.ts';
import { factsOfTables, type Row } from './tables.ts';

/** Read by the packages of the Frictionless project, which check the types, the keys and what refers to what. */
export const readDatapackage: Reader = async (output) => {
  if (output.is !== 'folder') throw new Error(`expected a folder, not a ${output.is}`);
  const folder = await mkdtemp(join(tmpdir(), 'stood-package-'));
  try {
    for (const { path, text } of output.files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const read = await Package.load(join(folder, 'datapackage.json'), { basePath: folder, strict: true });
    const tables = new Map<string, readonly Row[]>();
    for (const resource of read.resources) {
      if (resource.schema.foreignKeys.length > 0) await resource.checkRelations();
      const rows = await resource.read({ keyed: true });
      tables.set(resource.name, rows.map(plainRow));
    }
    return factsOfTables((table) => tables.get(table) ?? []);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** That package reads a day as midnight where it runs; ours are days. */
function plainRow(row: Readonly<Record<string, unknown>>): Row {
  const two = (part: number) => String(part).padStart(2, '0');
  return Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [
      name,
      cell instanceof Date
        ? `${cell.getFullYear()}-${two(cell.getMonth() + 1)}-${two(cell.getDate())}`
        : (cell as string | number | null),
    ]),
  );
}
