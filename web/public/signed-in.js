// Where an identity provider sends a hidden frame or a small window. Hands its answer to the page that asked, in the words
// oidc-client-ts listens for: a frame to its parent, a window over a channel, as its opener may be cut off.
const message = { source: 'oidc-client', url: window.location.href, keepOpen: false };
const state = new URLSearchParams(window.location.search).get('state');
if (window.parent !== window) {
  window.parent.postMessage(message, window.location.origin);
} else if (state) {
  const channel = new BroadcastChannel(`oidc-client-popup-${state}`);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows; this reaches one origin only
  channel.postMessage(message);
  channel.close();
  window.close();
}
