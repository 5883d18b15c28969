let home: HTMLElement | undefined;

/** Where tooltips stand: in a landmark, as all content, and open to screen readers also while a dialog hides the page behind it. */
export function tooltipHome(): HTMLElement {
  if (home?.isConnected) return home;
  home = document.createElement('aside');
  home.setAttribute('aria-label', 'Hints');
  home.dataset['reactAriaTopLayer'] = 'true';
  document.body.append(home);
  return home;
}
