import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/http/index.ts';
import type { Condition } from '../../../platform/read-model/index.ts';
import { Entries } from '../list-activity/entries.ts';
import { formats } from './export-format.ts';

const PAGE = 1_000;
export const MOST_ENTRIES = 100_000;

export type Asked = { readonly where: readonly Condition[]; readonly reader: Pick<Principal, 'reaches'> };

/** The audit trail as a text of any length, made as it is read. */
@Injectable()
export class ActivityExport {
  constructor(private readonly entries: Entries) {}

  /**
   * A part for each page. What fits, and for whom, is asked for anew each time, so that nobody goes on reading who may not any more.
   * @param limits `most`: of entries; if there are more, the last line says so. `page`: how many are read at a time.
   */
  async *text(
    format: keyof typeof formats,
    askedNow: () => Promise<Asked>,
    { most = MOST_ENTRIES, page: size = PAGE } = {},
  ): AsyncGenerator<string, void> {
    const { head, line, cut } = formats[format];
    let text = head;
    let left = most;
    for (let cursor: string | undefined; ;) {
      const { where, reader } = await askedNow();
      const page = await this.entries.page({ where, limit: Math.min(size, left), cursor }, reader);
      text += page.items.map(line).join('');
      left -= page.items.length;
      const { nextCursor } = page;
      if (nextCursor !== null && left === 0) {
        text += cut(
          `Only the newest ${most.toLocaleString('en-US')} entries are here: narrow the filters for the others.`,
        );
      }
      yield text;
      if (nextCursor === null || left === 0) return;
      [text, cursor] = ['', nextCursor];
    }
  }
}
