// The redirect target of the identity provider in a hidden frame or a popup. Passes the response to the page that opened it, in the
// message format of oidc-client-ts: from a frame to its parent, from a popup over a channel, because its opener may be severed.
const message = { source: 'oidc-client', url: window.location.href, keepOpen: false };
const state = new URLSearchParams(window.location.search).get('state');
if (window.parent !== window) {
  window.parent.postMessage(message, window.location.origin);
} else if (state) {
  const channel = new BroadcastChannel(`oidc-client-popup-${state}`);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the rule is for windows; a channel reaches its own origin only
  channel.postMessage(message);
  channel.close();
  window.close();
}
