import type { VNode } from 'preact';
import { useState } from 'preact/hooks';

const themeKey = 'aviary.console.theme';
type Theme = 'light' | 'dark';

const ofSystem = (): Theme => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
const isTheme = (text: string | null): text is Theme => text === 'light' || text === 'dark';

/** Takes up the theme that was chosen here before; else the system's stays. @returns the one in use */
export function applyTheme(): Theme {
  const kept = localStorage.getItem(themeKey);
  if (!isTheme(kept)) return ofSystem();
  document.documentElement.dataset['theme'] = kept;
  return kept;
}

export function ThemeSwitch(): VNode {
  const [theme, setTheme] = useState<Theme>(applyTheme);
  const change = (): void => {
    const next = theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem(themeKey, next);
    setTheme(applyTheme());
  };
  return (
    <button type="button" class="quiet" role="switch" aria-checked={theme === 'dark'} onClick={change}>
      <span class="knob" aria-hidden="true" />
      Dark theme
    </button>
  );
}
