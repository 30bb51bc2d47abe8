import './app/strict-csp.ts';
import './ui/tokens.css';
import './ui/base.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './app/app.tsx';
import { applyStoredTheme } from './app/theme.ts';
import { DIRECTIONS, pageLanguage } from './text/language.ts';

applyStoredTheme();
document.documentElement.lang = pageLanguage;
document.documentElement.dir = DIRECTIONS[pageLanguage];

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
