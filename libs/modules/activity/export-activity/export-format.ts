import { JSON_LINES_TYPE } from '../../../platform/http/index.ts';
import type { EntryView } from '../list-activity/entry-view.ts';
import { csvLine } from './csv.ts';

/** The last line of an export that does not have everything is one of this kind. */
export const CUT = 'export-cut';

type Format = {
  readonly type: string;
  readonly head: string;
  readonly line: (entry: EntryView) => string;
  readonly cut: (summary: string) => string;
};

const COLUMNS = ['at', 'actor', 'actorName', 'kind', 'workspaceId', 'webhookId', 'summary', 'details', 'traceId', 'id'];

export const formats: Readonly<Record<'ndjson' | 'csv', Format>> = {
  ndjson: {
    type: JSON_LINES_TYPE,
    head: '',
    line: (entry) => `${JSON.stringify(entry)}\n`,
    cut: (summary) => `${JSON.stringify({ kind: CUT, summary })}\n`,
  },
  csv: {
    type: 'text/csv; charset=utf-8; header=present',
    head: csvLine(COLUMNS),
    line: (entry) => row({ ...entry, details: JSON.stringify(entry.details) }),
    cut: (summary) => row({ kind: CUT, summary }),
  },
};

const row = (values: Readonly<Record<string, string | null>>): string =>
  csvLine(COLUMNS.map((column) => values[column] ?? ''));
