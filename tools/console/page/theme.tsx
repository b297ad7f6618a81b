import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';

const themeKey = 'aviary.console.theme';
type Theme = 'light' | 'dark';

const darkSystem = matchMedia('(prefers-color-scheme: dark)');
const isTheme = (text: string | null): text is Theme => text === 'light' || text === 'dark';

/** Takes up the theme that was chosen here before; else the system's stays. @returns the one in use */
export function applyTheme(): Theme {
  const kept = localStorage.getItem(themeKey);
  if (!isTheme(kept)) return darkSystem.matches ? 'dark' : 'light';
  document.documentElement.dataset['theme'] = kept;
  return kept;
}

export function ThemeSwitch(): VNode {
  const [theme, setTheme] = useState<Theme>(applyTheme);
  useEffect(() => {
    const follow = (): void => {
      setTheme(applyTheme());
    };
    darkSystem.addEventListener('change', follow);
    return () => {
      darkSystem.removeEventListener('change', follow);
    };
  }, []);
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
