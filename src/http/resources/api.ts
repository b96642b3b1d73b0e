import { fittingExamples } from '../fitting.ts';
import { formatsOf } from '../formats.ts';
import { PROBLEMS } from '../problem.ts';
import type { Resource } from '../resource.ts';

/** The page of links and examples, over these resources and itself. */
export function describing(others: readonly Resource[]): Resource {
  const api: Resource = {
    name: 'api',
    summary: 'Every address, what it takes and answers, with examples.',
    paths: ['/api'],
    params: {},
    query: {},
    examples: [{ path: '/api', means: 'this page' }],
    answer: async (machine, ask) => ({
      openapi: '/openapi.json',
      problems: Object.entries(PROBLEMS).map(([type, problem]) => ({ type: `/api#${type}`, ...problem })),
      addresses: await Promise.all(
        [...others, api].map(async (resource) => {
          const { name, summary, paths, params, query, examples, command, answer } = resource;
          return {
            name,
            summary,
            paths,
            ...(command === undefined ? {} : { command: `stood ${command}` }),
            pageOnly: answer === undefined,
            formats: formatsOf(resource).map(({ extension }) => extension),
            parameters: [
              ...Object.entries(params).map(([parameter, description]) => ({ in: 'path', parameter, description })),
              ...Object.entries(query).map(([parameter, schema]) => ({
                in: 'query',
                parameter,
                description: describedBy(schema),
              })),
            ],
            examples: await fittingExamples(examples, machine, ask),
          };
        }),
      ),
    }),
    dated: () => true,
  };
  return api;
}

function describedBy(schema: Resource['query'][string]): string {
  return schema?.meta()?.description ?? '';
}
