/** An error for operators: its message and those of its causes, without the stack. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const causes: unknown[] = error instanceof AggregateError ? error.errors : [error.cause];
  const messages = [error.message, ...causes.filter((cause) => cause !== undefined).map(explain)];
  // Libraries often repeat the cause in the message.
  return messages.filter((message, index) => message !== '' && !messages[index - 1]?.includes(message)).join(': ');
}
