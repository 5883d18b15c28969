import type { JSX } from 'react';
import { Page } from '../../app/page.tsx';

export default function Placeholder(): JSX.Element {
  return (
    <Page title="Activity log">
      <p className="muted">Nothing to see yet.</p>
    </Page>
  );
}
