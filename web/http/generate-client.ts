import { writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import ts from 'typescript';
import type { Json } from '#contract/openapi/json.ts';
import { createOpenApiDocument, type OpenApiDocument } from '#contract/openapi.ts';
import { API_BASE } from '#contract/route.ts';

export const GENERATED_FILE = new URL('./generated/api.ts', import.meta.url);
const HEAD =
  '/** Written by `npm run generate:client` from the OpenAPI document; a test fails while it is not what that says. */\n';
const BYTES = 'application/octet-stream';
const FAILURE_STATUS_MIN = 300;

/** Types of every path below `/api/v1`: parameters, bodies, and the replies when it goes well. What fails is a RequestFailed. */
export async function generateClient(): Promise<string> {
  const nodes = await openapiTS(askedByThePage(createOpenApiDocument()) as unknown as OpenAPI3, {
    alphabetize: false,
    // A field with a default may be left out of a body.
    defaultNonNullable: false,
    transform: (schema: object) =>
      'contentMediaType' in Object(schema) && (schema as Json)['contentMediaType'] === BYTES
        ? ts.factory.createTypeReferenceNode('Blob')
        : undefined,
  });
  return HEAD + astToString(nodes.map(plain), { formatOptions: { removeComments: true } });
}

/** Without what only readers need: examples, headers, failures, and what lies beside the API's own paths. */
function askedByThePage({ paths, ...document }: OpenApiDocument): Json {
  const below = Object.entries(paths).filter(([path]) => path.startsWith(`${API_BASE}/`));
  const short = Object.fromEntries(below.map(([path, item]) => [path.slice(API_BASE.length), bare(item)]));
  const { schemas, parameters } = document.components;
  return { ...document, paths: short, components: { schemas, parameters } };
}

function bare(operations: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(operations).map(([method, { responses, requestBody, ...operation }]) => {
      const well = Object.entries(responses as Record<string, Json>)
        .filter(([status]) => Number(status) < FAILURE_STATUS_MIN)
        .map(([status, reply]) => [status, withoutExample(reply)]);
      const body = requestBody === undefined ? {} : { requestBody: withoutExample(requestBody as Json) };
      return [method, { ...operation, ...body, responses: Object.fromEntries(well) }];
    }),
  );
}

function withoutExample({ headers: _headers, content, ...rest }: Json): Json {
  if (content === undefined) return rest;
  const media = Object.entries(content as Record<string, Json>).map(([type, { schema }]) => [type, { schema }]);
  return { ...rest, content: Object.fromEntries(media) };
}

/** Leaves out what can't be given, and lets what may be left out be undefined, as the contract's own types do. */
function plain<Node extends ts.Node>(root: Node): Node {
  const visit = (node: ts.Node): ts.Node | undefined => {
    if (!ts.isPropertySignature(node) || !node.questionToken || !node.type)
      return ts.visitEachChild(node, visit, undefined);
    if (node.type.kind === ts.SyntaxKind.NeverKeyword) return undefined;
    const type = ts.visitEachChild(node.type, visit, undefined);
    const orUndefined = ts.factory.createUnionTypeNode([
      type,
      ts.factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword),
    ]);
    return ts.factory.updatePropertySignature(node, node.modifiers, node.name, node.questionToken, orUndefined);
  };
  return ts.visitNode(root, visit) as Node;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await writeFile(fileURLToPath(GENERATED_FILE), await generateClient());
}
