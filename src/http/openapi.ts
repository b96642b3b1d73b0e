import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { formatsOf } from './formats.ts';
import { EVERYWHERE } from './parameters.ts';
import { PROBLEMS } from './problem.ts';
import type { Resource } from './resource.ts';

const Trouble = z
  .object({
    type: z.string().meta({ description: 'The place of this sort of problem on the page of addresses.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    hint: z.string().optional().meta({ description: 'What to try instead.' }),
    near: z
      .array(z.object({ title: z.string(), href: z.string() }))
      .optional()
      .meta({ description: 'Addresses that may have been meant.' }),
  })
  .openapi('Problem', { description: 'A problem document after RFC 9457.' });

const Change = z
  .object({
    position: z.string().meta({ description: 'Its place in the log.' }),
    id: z.string(),
    href: z.string(),
    event: z.record(z.string(), z.unknown()).nullable().meta({ description: 'The event, as the record now tells it.' }),
  })
  .openapi('Change');

const problem = (name: keyof typeof PROBLEMS) => ({
  description: PROBLEMS[name].title,
  content: { 'application/problem+json': { schema: Trouble } },
});

/** The OpenAPI 3.1 document, made from the schemas that the addresses are read with. */
export function openApiDocument(
  resources: readonly Resource[],
  { version, prefix, posts }: { readonly version: string; readonly prefix: string; readonly posts: boolean },
): unknown {
  const app = new OpenAPIHono();
  const registry = app.openAPIRegistry;
  for (const resource of resources) {
    for (const path of resource.paths) {
      const names = [...path.matchAll(/\{(\w+)…?\}/g)].map(([, name = '']) => name);
      const formats = formatsOf(resource);
      registry.registerPath(
        createRoute({
          method: 'get',
          path: path.replaceAll('…', ''),
          operationId: names.includes('step') ? `${resource.name}Step` : resource.name,
          summary: resource.summary,
          description: describedAs(resource, path),
          request: {
            ...(names.length === 0
              ? {}
              : {
                  params: z.object(
                    Object.fromEntries(
                      names.map((name) => [name, z.string().meta({ description: resource.params[name] ?? name })]),
                    ),
                  ),
                }),
            query: z.object({ ...resource.query, ...EVERYWHERE }),
          },
          responses: {
            200: {
              description: resource.summary,
              content: Object.fromEntries(
                formats.map(({ mediaType, extension }) => [
                  mediaType.split(';')[0] ?? mediaType,
                  { schema: extension === '.json' ? z.unknown() : z.string() },
                ]),
              ),
            },
            304: { description: 'The answer that the asker has is still the same.' },
            400: problem('asked-wrongly'),
            404: problem('not-found'),
            406: problem('not-acceptable'),
          },
        }),
      );
    }
  }
  registry.registerPath(
    createRoute({
      method: 'get',
      path: '/changes',
      operationId: 'changes',
      summary: 'What the record took in, in the order of its log; ask again at “next”.',
      request: {
        query: z.object({
          after: z.string().optional().meta({ description: 'A place in the log, as “next” has it.' }),
          limit: z
            .string()
            .optional()
            .meta({ description: 'At most so many.', type: 'integer', minimum: 1, maximum: 1000 }),
        }),
      },
      responses: {
        200: {
          description: 'Changes, the oldest first.',
          content: {
            'application/json': {
              schema: z.object({
                edition: z.string(),
                after: z.string().nullable(),
                changes: z.array(Change),
                next: z.string(),
                more: z.boolean(),
              }),
            },
            'application/atom+xml': { schema: z.string() },
          },
        },
        400: problem('asked-wrongly'),
        404: problem('not-found'),
      },
    }),
  );
  if (posts) {
    registry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
    registry.registerPath(
      createRoute({
        method: 'post',
        path: '/milestones',
        operationId: 'append',
        summary: 'Appends a milestone: checked against everything that is there, whole or not at all.',
        security: [{ token: [] }],
        request: {
          headers: z.object({
            'If-Match': z
              .string()
              .optional()
              .meta({ description: 'Revision of the last event of the milestone: "3".' }),
            'If-None-Match': z.string().optional().meta({ description: '“*”: the milestone is new.' }),
          }),
          body: {
            content: { 'application/yaml': { schema: z.string() }, 'application/json': { schema: z.unknown() } },
          },
        },
        responses: {
          201: { description: 'It was appended.' },
          200: { description: 'It stood there already; nothing was appended.' },
          401: problem('unauthorised'),
          409: problem('conflict'),
          412: problem('expected-otherwise'),
          413: problem('too-large'),
          415: problem('unknown-format'),
          422: problem('breaks-rules'),
        },
      }),
    );
  }
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'As It Stood',
      version,
      description: 'What existed in the English NHS on any date, why, and who says so.',
      license: { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
    },
    servers: [{ url: prefix === '' ? '/' : prefix }],
  });
}

function describedAs(resource: Resource, path: string): string {
  const { command, answer } = resource;
  return [
    answer
      ? `Answers by the ending of the path (${formatsOf(resource)
          .map(({ extension }) => extension)
          .join(' ')}) or the Accept header.`
      : 'A page, and nothing else.',
    command === undefined ? '' : `The JSON is that of “stood ${command} --format json”.`,
    path.includes('…') ? 'The id stands in the path with its slash.' : '',
  ]
    .filter(Boolean)
    .join(' ');
}
