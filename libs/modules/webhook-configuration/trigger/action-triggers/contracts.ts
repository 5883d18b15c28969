import { ofCoworker, record, type Entries } from './record.ts';

const tariff = record(3101, { Name: 'Full-time desk', Price: 350, CurrencyCode: 'GBP', InvoiceEveryMonths: 1 });
const onTariff = { TariffId: 3101, TariffName: 'Full-time desk' };
const contract = record(3201, { ...ofCoworker, ...onTariff, Price: 350, StartDate: '2026-10-01', Active: true });
const proposal = record(3301, { Reference: 'P-0042', Email: 'grace@company2.example', ...onTariff, Accepted: false });
const product = record(3401, { Name: 'Locker', Price: 20, CurrencyCode: 'GBP', Visible: true });
const sale = record(3501, { ...ofCoworker, ProductId: 3401, ProductName: 'Locker', Quantity: 1, Price: 20 });

export const contracts = {
  CoworkerContractCreate: [
    'Contract created',
    'A contract was made with a coworker; it need not be in force yet.',
    { ...contract, Active: false },
  ],
  CoworkerContractActivate: ['Contract activated', 'A contract with a coworker came into force.', contract],
  CoworkerContractActivateFirst: [
    'First contract activated',
    'A coworker who had no contract so far has one that is in force.',
    contract,
  ],
  CoworkerContractUpdate: ['Contract updated', 'Terms of a contract changed, such as its price.', contract],
  CoworkerContractUpgradeDowngrade: [
    'Contract upgraded or downgraded',
    'A contract went over to a larger or a smaller plan.',
    { ...contract, TariffId: 3102, TariffName: 'Private office', Price: 900 },
  ],
  CoworkerContractRenew: [
    'Contract renewed',
    'A contract was extended by another term.',
    { ...contract, RenewalDate: '2026-12-01' },
  ],
  CoworkerContractCancel: [
    'Contract cancelled',
    'A contract was given notice of, and ends on a known day.',
    { ...contract, CancellationDate: '2026-12-31' },
  ],
  CoworkerContractDelete: ['Contract deleted', 'A contract was removed altogether.', { ...contract, Active: false }],
  TariffCreate: ['Plan created', 'A location offers a new plan.', tariff],
  TariffUpdate: ['Plan updated', 'A plan changed, for instance its price.', { ...tariff, Price: 375 }],
  TariffDelete: ['Plan deleted', 'A plan is no longer offered and was removed.', tariff],
  ProposalCreated: ['Proposal created', 'An offer was drawn up for somebody.', proposal],
  ProposalUpdated: ['Proposal updated', 'An offer was revised or answered.', { ...proposal, Accepted: true }],
  ProposalDeleted: ['Proposal deleted', 'An offer was removed.', proposal],
  ProductCreate: ['Product created', 'A location has something new to sell.', product],
  ProductUpdate: ['Product updated', 'A product changed, for instance its price.', { ...product, Price: 25 }],
  ProductDelete: ['Product deleted', 'A product is no longer for sale and was removed.', product],
  CoworkerProductCreate: ['Coworker product created', 'A product was sold to a coworker.', sale],
  CoworkerProductUpdate: [
    'Coworker product updated',
    'What a coworker takes of a product changed, for instance the quantity.',
    { ...sale, Quantity: 2 },
  ],
  CoworkerProductDelete: ['Coworker product deleted', 'A product that a coworker had was taken off again.', sale],
} as const satisfies Entries;
