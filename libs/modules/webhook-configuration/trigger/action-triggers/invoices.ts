import { ofCoworker, record, type Entries } from './record.ts';

const amounts = { TotalAmount: 420, TaxAmount: 70, CurrencyCode: 'GBP' };
const invoice = record(4101, { InvoiceNumber: 'INV-0107', ...ofCoworker, ...amounts, PaidAmount: 0, Paid: false });
const paid = { ...invoice, PaidAmount: 420, Paid: true };
const ledgerEntry = record(4201, { ...ofCoworker, Description: 'Invoice INV-0107', Debit: 420, Credit: 0 });

export const invoices = {
  CoworkerInvoiceCreate: ['Invoice created', 'An invoice was made out to a coworker.', invoice],
  CoworkerInvoiceCreateFirst: [
    'First invoice created',
    'A coworker who had no invoice so far has been invoiced.',
    invoice,
  ],
  CoworkerInvoiceUpdate: ['Invoice updated', 'An invoice changed, for instance its due date.', invoice],
  CoworkerInvoiceDelete: ['Invoice deleted', 'An invoice was removed.', invoice],
  CoworkerInvoicePaid: ['Invoice paid', 'Nothing is left to pay of an invoice.', paid],
  CoworkerInvoiceReceivedPayment: [
    'Invoice payment received',
    'Money came in for an invoice, be it all or a part.',
    { ...invoice, PaidAmount: 200 },
  ],
  CoworkerInvoiceAwaitingPayment: [
    'Invoice awaiting payment',
    'A payment for an invoice was begun and is yet to be confirmed.',
    invoice,
  ],
  CoworkerInvoiceFailedPayment: ['Invoice payment failed', 'A payment for an invoice did not go through.', invoice],
  CoworkerInvoiceRefund: [
    'Invoice refunded',
    'Money that had been paid for an invoice was given back.',
    { ...paid, RefundedAmount: 120 },
  ],
  CoworkerInvoiceCreditNote: [
    'Invoice credited',
    'A credit note was made out for an invoice.',
    { ...invoice, InvoiceNumber: 'CN-0012', CreditNote: true },
  ],
  CoworkerInvoiceLedgerEntryCreate: ['Ledger entry created', 'The account of a coworker has a new entry.', ledgerEntry],
  CoworkerInvoiceLedgerEntryUpdate: [
    'Ledger entry updated',
    'An entry in the account of a coworker was corrected.',
    { ...ledgerEntry, Debit: 400 },
  ],
  CoworkerInvoiceLedgerEntryDelete: [
    'Ledger entry deleted',
    'An entry was struck from the account of a coworker.',
    ledgerEntry,
  ],
} as const satisfies Entries;
