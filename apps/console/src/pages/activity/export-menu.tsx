import type { JSX } from 'react';
import { Button, Menu, MenuItem } from '../../ui/index.ts';
import { exportUrl, type ActivityQuery } from './export-url.ts';

type Props = { readonly query: ActivityQuery; readonly workspaceId: string | undefined };

/** A file of what the filters let through, of all pages. The browser loads it by itself, however long it is. */
export function ExportMenu({ query, workspaceId }: Props): JSX.Element {
  const save = (format: 'ndjson' | 'csv'): void => {
    const link = document.createElement('a');
    link.href = exportUrl(query, workspaceId, format);
    link.download = '';
    link.click();
  };
  return (
    <Menu label="Export" trigger={<Button icon="download">Export</Button>}>
      <MenuItem icon="download" description="For a spreadsheet" onAction={() => save('csv')}>
        CSV
      </MenuItem>
      <MenuItem icon="download" description="JSON, one entry a line" onAction={() => save('ndjson')}>
        NDJSON
      </MenuItem>
    </Menu>
  );
}
