import type { JSX } from 'react';
import { Page } from '../../app/page.tsx';

export default function Placeholder(): JSX.Element {
  return (
    <Page title="Users">
      <p className="muted">Nothing to see yet.</p>
    </Page>
  );
}
