import type { paths } from './generated/api.ts';

/** What the API's document says of each route, as the arguments and answers of HttpClient. */

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

/** Paths that take and answer JSON, or nothing. */
export type JsonPath<M extends Method> = PathOf<M, 'json'>;
/** Paths that answer with a file. */
export type FilePath<M extends Method> = PathOf<M, 'file'>;
/** Paths that are posted a form with a file. */
export type FormPath = PathOf<'post', 'form'>;

type Body<Reply> = Reply extends { readonly content: { readonly 'application/json': infer Json } } ? Json : undefined;
/** The body of a good answer; undefined where there is none. */
export type ReplyOf<Path extends keyof paths, M extends Method> = Body<Replies<Operation<Path, M>>>;

type Parameters<Found> = Found extends { readonly parameters: infer All } ? All : never;
/** What may stand behind the question mark. */
export type QueryOf<Path extends keyof paths, M extends Method> =
  Parameters<Operation<Path, M>> extends { readonly query?: infer Query } ? NonNullable<Query> : never;
/** Those of the path are required, and those of the query where the document says so. */
type Places<All> = Pick<All, keyof All & ('path' | 'query')>;
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

type Asked<Found> = Places<Parameters<Found>> & Key<Found> & { readonly signal?: AbortSignal | undefined };

/** The second argument of a call; it may be left out where nothing in it is required. */
export type RequestInput<Path extends keyof paths, M extends Method> = Optional<
  Asked<Operation<Path, M>> & JsonBody<Operation<Path, M>>
>;
export type FormRequestInput<Path extends FormPath> = Asked<Operation<Path, 'post'>> & {
  readonly form: Content<Operation<Path, 'post'>, 'multipart/form-data'>;
  /** 0..1; at 1 all is sent, and the answer is awaited. */
  readonly onProgress?: (share: number) => void;
};
type Optional<Options> = object extends Options ? [options?: Options] : [options: Options];
