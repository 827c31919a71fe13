/** What an operator reads of an error: its message and its causes', in one line where they are, without the stack. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const causes: unknown[] = error instanceof AggregateError ? error.errors : [error.cause];
  const messages = [error.message, ...causes.filter((cause) => cause !== undefined).map(explain)];
  // Libraries like to repeat the cause in the message.
  return messages.filter((message, index) => message !== '' && !messages[index - 1]?.includes(message)).join(': ');
}
