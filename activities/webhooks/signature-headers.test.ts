import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signatureHeaders } from './signature-headers.ts';

describe('signatureHeaders', () => {
  it('matches the example of Standard Webhooks', () => {
    const headers = signatureHeaders(
      { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: '{"test": 2432232314}' },
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    );
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('signs with every valid secret, so that secrets can be rotated', () => {
    const message = { id: 'm', timestamp: 1, body: '{}' };
    const secrets = ['whsec_AAAA', 'whsec_BBBB'];
    const each = secrets.map(
      (secret) =>
        `v1,${createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
          .update('m.1.{}')
          .digest('base64')}`,
    );
    expect(signatureHeaders(message, secrets)['webhook-signature']).toBe(each.join(' '));
  });
});
