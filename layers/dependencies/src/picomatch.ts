export { makeRe } from 'picomatch';
