import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deviceId as contractDeviceId } from '#contract/device-id.ts';

/** As after a reload: the module has forgotten the id. */
async function reload() {
  vi.resetModules();
  return import('./device-id.ts');
}

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

describe('the id of a device', () => {
  it('stays the same after a reload, and is one that the API accepts', async () => {
    const { deviceId } = await reload();
    const id = deviceId();
    expect(contractDeviceId.parse(id)).toBe(id);
    const { deviceHeaders } = await reload();
    expect(deviceHeaders()).toEqual({ 'x-device-id': id });
  });

  it('is not sent where the storage is blocked', async () => {
    const { deviceHeaders } = await reload();
    const blocked = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: blocked, setItem: blocked });
    expect(deviceHeaders()).toEqual({});
  });
});
