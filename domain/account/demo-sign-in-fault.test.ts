import { describe, expect, it } from 'vitest';
import { demoSignInFault, isLoopbackHost } from './demo-sign-in-fault.ts';

describe('demo users', () => {
  it.each(['127.0.0.1', '127.8.0.1', '::1', 'localhost', '::ffff:127.0.0.1'])('can sign in on %s', (host) => {
    for (const NODE_ENV of [undefined, 'development', 'test']) {
      expect(demoSignInFault({ NODE_ENV, host })).toBeUndefined();
    }
  });

  it.each(['0.0.0.0', '::', '192.168.1.7', '::ffff:10.0.0.1', 'studio.example.com', '127.0.0.1.example.com', ''])(
    "can't sign in on %s",
    (host) => {
      expect(demoSignInFault({ host })).toContain('loopback');
    },
  );

  it.each(['production', 'Production', 'prod', 'staging'])("can't sign in with NODE_ENV=%s", (NODE_ENV) => {
    expect(demoSignInFault({ NODE_ENV, host: '127.0.0.1' })).toContain('NODE_ENV');
  });

  it('can sign in depending on the published address of a container, not its own', () => {
    expect(demoSignInFault({ host: '0.0.0.0', PUBLISHED_ON: '127.0.0.1' })).toBeUndefined();
    expect(demoSignInFault({ host: '127.0.0.1', PUBLISHED_ON: '0.0.0.0' })).toContain('0.0.0.0');
  });
});

describe('a loopback host', () => {
  it.each(['localhost', 'LOCALHOST', '127.10.200.3', '::1', '[::1]', '::ffff:127.0.0.1'])('is %s', (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  });

  it.each(['localhost.example', 'a.localhost', '1127.0.0.1', '128.0.0.1', '::2', '127.0.0', ''])(
    'is not “%s”',
    (host) => {
      expect(isLoopbackHost(host)).toBe(false);
    },
  );
});
