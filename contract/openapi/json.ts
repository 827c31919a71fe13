/** A JSON object whose shape is OpenAPI's business. */
export type Json = { [key: string]: unknown };
