/** A JSON object whose shape the OpenAPI specification defines. */
export type Json = { [key: string]: unknown };
