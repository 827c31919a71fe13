import type { paths } from './generated/api.ts';

/** Argument and response types of HttpClient, derived from the OpenAPI document. */

type Method = 'get' | 'post' | 'patch' | 'delete';
type Operation<Path extends keyof paths, M extends Method> = paths[Path] extends Record<M, infer Found> ? Found : never;

interface FileReply {
  readonly content:
    | { readonly 'application/zip': unknown }
    | { readonly 'image/jpeg': unknown }
    | { readonly 'image/webp': unknown };
}
interface FormBody {
  readonly requestBody: { readonly content: { readonly 'multipart/form-data': unknown } };
}
type Replies<Found> = Found extends { readonly responses: infer All } ? All[keyof All] : never;

type Kind<Found> = [Found] extends [never]
  ? 'none'
  : Found extends FormBody
    ? 'form'
    : Replies<Found> extends FileReply
      ? 'file'
      : 'json';
type PathOf<M extends Method, Wanted> = {
  [Path in keyof paths]: Kind<Operation<Path, M>> extends Wanted ? Path : never;
}[keyof paths];

/** Paths whose request and response are JSON or empty. */
export type JsonPath<M extends Method> = PathOf<M, 'json'>;
/** Paths that respond with a file. */
export type FilePath<M extends Method> = PathOf<M, 'file'>;
/** Paths that accept a multipart form with a file. */
export type FormPath = PathOf<'post', 'form'>;

type Body<Reply> = Reply extends { readonly content: { readonly 'application/json': infer Json } } ? Json : undefined;
/** The body of a successful response; undefined when it is empty. */
export type ReplyOf<Path extends keyof paths, M extends Method> = Body<Replies<Operation<Path, M>>>;

type Parameters<Found> = Found extends { readonly parameters: infer All } ? All : never;
/** The query parameters of a path. */
export type QueryOf<Path extends keyof paths, M extends Method> =
  Parameters<Operation<Path, M>> extends { readonly query?: infer Query } ? NonNullable<Query> : never;
/** Path parameters are required; query parameters only where the document requires them. */
type UrlParameters<All> = Pick<All, keyof All & ('path' | 'query')>;
type Headers<Found> = Parameters<Found> extends { readonly header?: infer All } ? keyof NonNullable<All> : never;
type Key<Found> = 'Idempotency-Key' extends Headers<Found> ? { readonly idempotencyKey?: string | undefined } : unknown;
type Content<Found, As extends string> = Found extends { readonly requestBody?: infer Given }
  ? NonNullable<Given> extends { readonly content: Readonly<Record<As, infer Fields>> }
    ? Fields
    : never
  : never;
type JsonBody<Found> = [Content<Found, 'application/json'>] extends [never]
  ? unknown
  : Found extends { readonly requestBody: object }
    ? { readonly body: Content<Found, 'application/json'> }
    : { readonly body?: Content<Found, 'application/json'> };

type CommonInput<Found> = UrlParameters<Parameters<Found>> & Key<Found> & { readonly signal?: AbortSignal | undefined };

/** The second argument of a call; optional when nothing in it is required. */
export type RequestInput<Path extends keyof paths, M extends Method> = Optional<
  CommonInput<Operation<Path, M>> & JsonBody<Operation<Path, M>>
>;
export type FormRequestInput<Path extends FormPath> = CommonInput<Operation<Path, 'post'>> & {
  readonly form: Content<Operation<Path, 'post'>, 'multipart/form-data'>;
  /** Share sent, 0 to 1; at 1 the response is pending. */
  readonly onProgress?: (share: number) => void;
};
type Optional<Options> = object extends Options ? [options?: Options] : [options: Options];
