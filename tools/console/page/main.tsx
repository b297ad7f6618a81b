import { render } from 'preact';
import { App } from './app.tsx';
import { takeToken } from './client.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/controls.css';
import './styles/parts.css';
import './styles/lines.css';
import './styles/views.css';
import './styles/graph.css';
import { applyTheme } from './theme.tsx';

takeToken();
applyTheme();
const place = document.getElementById('app');
if (place !== null) render(<App />, place);
