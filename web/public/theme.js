// Runs before the first paint, so that a chosen theme never flashes the other one. Without a choice the system decides, in CSS.
try {
  const chosen = localStorage.getItem('theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch {
  // Storage is forbidden: the system decides.
}
