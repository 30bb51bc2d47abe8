import type { z } from 'zod';

import { RoostError } from '../../../../../shared/error-catalogue.ts';

/**
 * What a device sent, by its schema.
 * @throws RoostError `request/invalid` with the first thing that is wrong.
 */
export function parsedBody<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new RoostError(
    'request/invalid',
    issue ? `${issue.path.join('.') || 'body'}: ${issue.message}.` : undefined,
  );
}
