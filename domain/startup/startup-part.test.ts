import { describe, expect, it } from 'vitest';
import { canGenerate, STARTUP_PARTS, STARTUP_STATES, STARTUP_TEXT, type StartupPart } from './startup-part.ts';

const part = (name: StartupPart['part'], state: StartupPart['state']): StartupPart => ({
  part: name,
  state,
  detail: null,
  startedAt: null,
});

describe('the parts of a start', () => {
  it('allow generations once all but the Temporal UI are ready', () => {
    const others = STARTUP_PARTS.filter((name) => name !== 'temporal_ui');
    for (const state of STARTUP_STATES) {
      expect(canGenerate([...others.map((name) => part(name, 'ready')), part('temporal_ui', state)])).toBe(true);
      for (const missing of others) {
        const parts = STARTUP_PARTS.map((name) => part(name, name === missing ? state : 'ready'));
        expect(canGenerate(parts)).toBe(state === 'ready');
      }
    }
  });

  it('have a label and a purpose each', () => {
    for (const name of STARTUP_PARTS) expect(Object.values(STARTUP_TEXT[name]).every((text) => text !== '')).toBe(true);
  });
});
