import type { Database } from '#drizzle/connection/database.ts';
import type { GenerationWorkflows } from '#temporal/client/generation-workflows.ts';
import type { Handler } from '../handler.ts';
import { visibleGeneration } from './visible-generation.ts';

export interface WorkflowDeps {
  readonly database: Database;
  readonly workflows: Pick<GenerationWorkflows, 'status'>;
}

/** The workflow's own status. The link into the Temporal UI is for operators. */
export function readGenerationWorkflow({ database, workflows }: WorkflowDeps): Handler<'readGenerationWorkflow'> {
  return async ({ params, caller, context }) => {
    context.generationId = params.id;
    const { id } = await visibleGeneration(database, caller, params.id, { anyAccount: true });
    const status = await workflows.status(id);
    const operatorUrl = caller.role === 'admin' ? status.operatorUrl : null;
    return { status: 200, body: { ...status, operatorUrl }, headers: { 'Cache-Control': 'no-store' } };
  };
}
