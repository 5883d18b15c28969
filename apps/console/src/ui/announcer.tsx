import { useEffect, useState, type JSX } from 'react';
import { Batch } from './batch.ts';

const EVERY_MS = 5_000;
let say: (text: string) => void = () => undefined;
const changes = new Batch<string>(EVERY_MS, (texts) => say(texts.at(-1) ?? ''));

/** Says at once what somebody has just asked for: "Copied". */
export const announce = (text: string): void => say(text);

/** Says what changed by itself, at most once in five seconds; the last wins. */
export const announceChange = (text: string): void => changes.add(text);

/** The one polite region. Two that alternate, since the same text again would not be said. */
export function LiveAnnouncer(): JSX.Element {
  const [{ text, turn }, setSaid] = useState({ text: '', turn: 0 });
  useEffect(() => {
    say = (next) => setSaid((before) => ({ text: next, turn: 1 - before.turn }));
    return () => {
      say = () => undefined;
    };
  }, []);
  return (
    <div className="visually-hidden" role="status" aria-live="polite" data-testid="announcer">
      <p>{turn === 0 ? text : ''}</p>
      <p>{turn === 1 ? text : ''}</p>
    </div>
  );
}
