/** The server's clock less ours, ms. Times on cards are the server's; a machine whose clock is wrong must not show "-3 h". */
let offsetMs = 0;

export function noteServerTime(serverMs: number, nowMs: number): void {
  offsetMs = serverMs - nowMs;
}

export function serverNowMs(nowMs: number): number {
  return nowMs + offsetMs;
}
