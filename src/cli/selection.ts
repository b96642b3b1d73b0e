import type { Context } from './command.ts';
import { resolveId } from './resolve.ts';

/** Which bodies to show, from `--kind` and `--part-of`. */
export async function selectionOf(ctx: Context): Promise<{ kind?: readonly string[]; partOf?: string }> {
  const { kind } = ctx.options;
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(ctx.options.partOf === undefined ? {} : { partOf: await resolveId(ctx, ctx.options.partOf) }),
  };
}
