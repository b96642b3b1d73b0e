import type { Context } from './command.ts';
import { kindsTyped } from './kinds.ts';
import { resolveId } from './resolve.ts';

/** Which bodies to show, from `--kind` and `--part-of`. */
export async function selectionOf(ctx: Context): Promise<{ kind?: readonly string[]; partOf?: string }> {
  const kind = kindsTyped(ctx.options.kind);
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(ctx.options.partOf === undefined ? {} : { partOf: await resolveId(ctx, ctx.options.partOf) }),
  };
}
