import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const OTHER_LANGUAGES = /react-(aria|stately|aria-components)\/.*\/intl\/.*\/(?!en-US)[a-z]{2}-[A-Z]{2}\.mjs$/;

/** The console speaks English: React Aria falls back to it where a language is undefined. */
const englishOnly: Plugin = {
  name: 'english-only',
  enforce: 'pre',
  load: { filter: { id: OTHER_LANGUAGES }, handler: () => 'export default undefined;' },
};

/** Everything is a file of this origin: the policy of the page allows nothing inline and nothing from elsewhere. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/console/',
  plugins: [englishOnly],
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: fileURLToPath(new URL('../../dist/console', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      // "use client" of libraries means nothing here.
      checks: { moduleLevelDirective: false },
      // Importing a part of the kit by its index takes no other part of it along.
      treeshake: { moduleSideEffects: [{ test: /src\/ui\/[^/]+\.tsx?$/, sideEffects: false }] },
    },
  },
});
