import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

function color(name: string, theme: Theme): string {
  const [, light = '', dark = ''] = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css) ?? [];
  return theme === 'light' ? light : dark;
}

function luminance(hex: string): number {
  const [r = NaN, g = NaN, b = NaN] = [1, 3, 5].map((from) => {
    const value = parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2.2, 1.4.3. */
function contrast(one: string, other: string, theme: Theme): number {
  const [a, b] = [luminance(color(one, theme)), luminance(color(other, theme))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const surfaces = ['canvas', 'surface', 'raised', 'subtle', 'pressed'];
const texts = ['text', 'muted', 'accent-text', 'ok', 'bad', 'warn', 'info'];
const own = [
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-bad', 'bad-fill'],
  ['on-bad', 'bad-fill-hover'],
  ['accent-text', 'accent-soft'],
  ...['ok', 'bad', 'warn', 'info'].map((name) => [name, `${name}-soft`]),
  ...['ok', 'bad', 'warn', 'info', 'accent'].flatMap((name) => [
    ['text', `${name}-soft`],
    ['muted', `${name}-soft`],
  ]),
] as [string, string][];

describe.each(THEMES)('in the %s theme', (theme) => {
  it.each(texts.flatMap((name) => surfaces.map((surface) => [name, surface] as const)))(
    '%s can be read on %s',
    (name, surface) => expect(contrast(name, surface, theme)).toBeGreaterThanOrEqual(4.5),
  );

  it.each(own)('%s can be read on %s', (name, surface) =>
    expect(contrast(name, surface, theme)).toBeGreaterThanOrEqual(4.5),
  );

  it.each(['surface', 'canvas', 'subtle'])('the border of a control can be seen on %s', (surface) =>
    expect(contrast('border-control', surface, theme)).toBeGreaterThanOrEqual(3),
  );

  it.each(['chart-ok', 'chart-bad', 'chart-line', 'chart-line-2'])('%s can be seen on a card', (name) =>
    expect(contrast(name, 'surface', theme)).toBeGreaterThanOrEqual(3),
  );
});
