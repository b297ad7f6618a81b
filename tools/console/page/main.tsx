import { render } from 'preact';
import './styles/tokens.css';

render(<h1>Aviary</h1>, document.body);
