/** The server's clock minus this machine's, ms. Cards show server times, so that a wrong local clock does not show "-3 h". */
let offsetMs = 0;

export function noteServerTime(serverMs: number, nowMs: number): void {
  offsetMs = serverMs - nowMs;
}

export function serverNowMs(nowMs: number): number {
  return nowMs + offsetMs;
}
