// Runs before the first paint, so that the page never flashes in the wrong theme, nor moves from one grid to another.
// Without a choice, the theme follows the system.
try {
  const chosen = localStorage.getItem('theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  if (localStorage.getItem('density') === 'compact') document.documentElement.dataset.density = 'compact';
} catch {
  // Storage is blocked: the theme follows the system.
}
