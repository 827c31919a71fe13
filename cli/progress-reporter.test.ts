import { describe, expect, it } from 'vitest';
import { createProgressReporter } from './progress-reporter.ts';

function record(terminal: { isTTY?: boolean; columns?: number }) {
  const written: string[] = [];
  const reporter = createProgressReporter({ ...terminal, write: (text) => written.push(text) }, () => 1_234);
  return { reporter, text: () => written.join('') };
}

describe('the progress reporter', () => {
  it('rewrites one line on a terminal', () => {
    const { reporter, text } = record({ isTTY: true });
    reporter.show('in queue');
    reporter.show('generating');
    reporter.end();
    expect(text()).toBe('\r\u001B[K   1.2 s  in queue\r\u001B[K   1.2 s  generating\n');
  });

  it('truncates the text on a narrow terminal', () => {
    const { reporter, text } = record({ isTTY: true, columns: 20 });
    reporter.show('generating with a model of a very long name');
    expect(text()).toBe('\r\u001B[K   1.2 s  generatin');
  });

  it('prints each text once on its own line elsewhere', () => {
    const { reporter, text } = record({});
    reporter.show('in queue');
    reporter.show('in queue');
    reporter.show('generating');
    reporter.end();
    expect(text()).toBe('   1.2 s  in queue\n   1.2 s  generating\n');
  });
});
